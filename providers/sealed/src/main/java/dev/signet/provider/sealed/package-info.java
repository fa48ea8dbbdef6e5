/** Stores whose values are sealed in the cluster itself, and opened in memory as they are read. */
@NullMarked
package dev.signet.provider.sealed;

import org.jspecify.annotations.NullMarked;
