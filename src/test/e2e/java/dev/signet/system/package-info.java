/** Scenarios of the whole system: the operator, a real API server and a real Vault. */
@NullMarked
package dev.signet.system;

import org.jspecify.annotations.NullMarked;
