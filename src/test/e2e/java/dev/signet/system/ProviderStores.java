package dev.signet.system;

import java.util.Map;

/** SecretStores of the clouds, whose credentials are in the Secret {@code keys}. */
final class ProviderStores {

    /** What the Secret {@code keys} holds. */
    static final Map<String, String> KEYS = Map.of("id", "AKIAEXAMPLE", "key", "any");

    private ProviderStores() {}

    /** Secrets Manager, with static keys. */
    static String aws(String name) {
        return """
        kind: SecretStore
        apiVersion: external-secrets.io/v1
        metadata: {name: %s}
        spec:
          provider:
            aws:
              service: SecretsManager
              region: eu-west-1
              auth:
                secretRef:
                  accessKeyIDSecretRef: {name: keys, key: id}
                  secretAccessKeySecretRef: {name: keys, key: key}
        """
                .formatted(name);
    }

    /** A vault of a cloud of one's own, with a service principal that logs in at this address. */
    static String azure(String name, String login) {
        return """
        kind: SecretStore
        apiVersion: external-secrets.io/v1
        metadata: {name: %s}
        spec:
          provider:
            azurekv:
              vaultUrl: https://team.vault.stack.test
              tenantId: 11111111-2222-3333-4444-555555555555
              environmentType: AzureStackCloud
              customCloudConfig:
                activeDirectoryEndpoint: %s
                keyVaultEndpoint: https://vault.stack.test
                keyVaultDNSSuffix: vault.stack.test
              authSecretRef:
                clientId: {name: keys, key: id}
                clientSecret: {name: keys, key: key}
        """
                .formatted(name, login);
    }
}
