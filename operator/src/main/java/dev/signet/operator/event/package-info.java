/** Kubernetes events, as users read them in {@code kubectl describe}. */
@NullMarked
package dev.signet.operator.event;

import org.jspecify.annotations.NullMarked;
