package dev.signet.system;

import dev.signet.testbed.VaultApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Manifests as users write them, as YAML. */
final class Manifests {

    private Manifests() {}

    /**
     * A SecretStore of the KV engine at {@code secret/}.
     *
     * @param auth the fields of {@code auth}, in flow style
     */
    static String vaultStore(String name, URI server, String auth) {
        return vaultStore("SecretStore", name, server, auth, "");
    }

    /**
     * A store of either kind.
     *
     * @param more further fields of {@code spec.provider.vault}, in flow style
     */
    static String vaultStore(String kind, String name, URI server, String auth, String more) {
        return """
        kind: %s
        apiVersion: external-secrets.io/v1
        metadata: {name: %s}
        spec:
          provider:
            vault: {server: "%s", path: secret, auth: {%s}%s}
        """
                .formatted(kind, name, server, auth, more.isEmpty() ? "" : ", " + more);
    }

    /** Login with a role ID, and a secret ID in Secret {@code approle}. */
    static String appRole(VaultApi.AppRole role) {
        return "appRole: {path: %s, roleId: %s, secretRef: {name: approle, key: secret-id}}"
                .formatted(role.path(), role.roleId());
    }

    /** A token in a Secret, at key {@code token}. */
    static String token(String secret) {
        return "tokenSecretRef: {name: %s, key: token}".formatted(secret);
    }

    /** A SecretStore {@code fake} that holds {@code k} of {@code /k} itself. */
    static String fakeStore() {
        return """
        kind: SecretStore
        apiVersion: external-secrets.io/v1
        metadata: {name: fake}
        spec: {provider: {fake: {data: [{key: /k, value: '{"k": "v"}'}]}}}
        """;
    }

    static EsBuilder externalSecret(String name) {
        return new EsBuilder(name);
    }

    /** An ExternalSecret in the making. */
    static final class EsBuilder {

        private final String name;
        private final List<String> data = new ArrayList<>();
        private final List<String> dataFrom = new ArrayList<>();
        private String store = "";
        private String interval = "1h";
        private String target = "";

        private EsBuilder(String name) {
            this.name = name;
        }

        /** Reads from a SecretStore. */
        EsBuilder from(String secretStore) {
            store = "{name: %s}".formatted(secretStore);
            return this;
        }

        /** Reads from a ClusterSecretStore. */
        EsBuilder fromCluster(String clusterSecretStore) {
            store = "{name: %s, kind: ClusterSecretStore}".formatted(clusterSecretStore);
            return this;
        }

        EsBuilder every(String refreshInterval) {
            interval = refreshInterval;
            return this;
        }

        /** Fields of {@code spec.target}, in flow style. */
        EsBuilder target(String fields) {
            target = fields;
            return this;
        }

        /** One value. */
        EsBuilder data(String secretKey, String key, String property) {
            return data(secretKey, "key: %s, property: '%s'".formatted(key, property));
        }

        /** One value, with the fields of its {@code remoteRef} in flow style. */
        EsBuilder data(String secretKey, String remoteRef) {
            data.add("{secretKey: %s, remoteRef: {%s}}".formatted(secretKey, remoteRef));
            return this;
        }

        /** An entry of {@code spec.dataFrom}, in flow style. */
        EsBuilder dataFrom(String fields) {
            dataFrom.add("{" + fields + "}");
            return this;
        }

        String yaml() {
            return """
            kind: ExternalSecret
            apiVersion: external-secrets.io/v1
            metadata: {name: %s}
            spec:
              secretStoreRef: %s
              refreshInterval: %s
              target: {%s}
              data: [%s]
              dataFrom: [%s]
            """
                    .formatted(
                            name,
                            store,
                            interval,
                            target,
                            String.join(", ", data),
                            String.join(", ", dataFrom));
        }
    }
}
