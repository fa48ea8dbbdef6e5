/** SecretStore and ClusterSecretStore, and what each provider's part of them says. */
@NullMarked
package dev.signet.api.store;

import org.jspecify.annotations.NullMarked;
