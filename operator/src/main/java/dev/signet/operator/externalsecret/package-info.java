/**
 * From an ExternalSecret to its Secret, in five steps: decide whether a sync is due, read the
 * values, build the Secret, write what differs, tell how it went. Deciding and building are pure
 * and stand in {@code rules}; what is here does the I/O.
 */
@NullMarked
package dev.signet.operator.externalsecret;

import org.jspecify.annotations.NullMarked;
