/**
 * Sealed values: their format, the keys that seal and open them, and the Secrets made of them.
 *
 * <p>The format is that of Bitnami's Sealed Secrets, byte for byte.
 */
@NullMarked
package dev.signet.sealed;

import org.jspecify.annotations.NullMarked;
