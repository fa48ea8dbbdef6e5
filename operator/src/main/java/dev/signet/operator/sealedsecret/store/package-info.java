/** Sealed values for the stores that serve them. */
@NullMarked
package dev.signet.operator.sealedsecret.store;

import org.jspecify.annotations.NullMarked;
