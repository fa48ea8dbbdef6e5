/** SealedSecrets become Secrets: watch, unseal, write, report. */
@NullMarked
package dev.signet.operator.sealedsecret;

import org.jspecify.annotations.NullMarked;
