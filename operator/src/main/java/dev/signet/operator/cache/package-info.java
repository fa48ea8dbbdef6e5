/**
 * Stores behind informers that keep only what is read, so that memory follows what is managed and
 * not what exists.
 */
@NullMarked
package dev.signet.operator.cache;

import org.jspecify.annotations.NullMarked;
