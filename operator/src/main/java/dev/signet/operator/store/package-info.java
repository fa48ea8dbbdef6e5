/**
 * Stores: their validation, the sessions opened for them, and the only way to what they refer to in
 * the cluster.
 */
@NullMarked
package dev.signet.operator.store;

import org.jspecify.annotations.NullMarked;
