/**
 * Secrets, keys and certificates from Azure Key Vault.
 *
 * <p>Only {@link dev.signet.provider.azure.AzureSecretProvider} is public: everything else is
 * reached through the provider contract. It and what it needs before a session is opened do without
 * the Azure SDK, so that the SDK is loaded by those alone who use it.
 */
@NullMarked
package dev.signet.provider.azure;

import org.jspecify.annotations.NullMarked;
