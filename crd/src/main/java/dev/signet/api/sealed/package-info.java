/** The API of Sealed Secrets, {@code bitnami.com/v1alpha1}. */
@NullMarked
package dev.signet.api.sealed;

import org.jspecify.annotations.NullMarked;
