/** A provider whose values stand in the store's own spec: for trying out, demos and tests. */
@NullMarked
package dev.signet.provider.fake;

import org.jspecify.annotations.NullMarked;
