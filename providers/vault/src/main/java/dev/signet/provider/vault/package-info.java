/**
 * Secrets from the KV engines of Vault and OpenBao.
 *
 * <p>Only {@link dev.signet.provider.vault.VaultSecretProvider} is public: everything else is
 * reached through the provider contract.
 */
@NullMarked
package dev.signet.provider.vault;

import org.jspecify.annotations.NullMarked;
