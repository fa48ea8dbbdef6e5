package dev.signet.operator.sealedsecret.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StatusCondition;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.SecretStore;
import dev.signet.operator.rig.Rig;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ExternalSecrets that read what is sealed in their namespace. */
class SealedStoreIT {

    /** Where an operator keeps its keys that is told nothing else. */
    private static final String HOME = "default";

    private static final String ACTIVE = "sealedsecrets.bitnami.com/sealed-secrets-key";

    private static final SecureRandom RANDOM = new SecureRandom();

    private static Rig rig;
    private static SealingCertificate certificate;

    @BeforeAll
    static void start() throws Exception {
        rig = Rig.start();
        rig.await(() -> newestKey().isPresent());
        certificate = newestKey().orElseThrow().certificate();
    }

    @AfterAll
    static void stop() {
        rig.client()
                .resources(ClusterSecretStore.class)
                .withLabel("test", rig.namespace())
                .delete();
        rig.close();
    }

    private static Optional<UnsealingKey> newestKey() throws Exception {
        List<UnsealingKey> keys = new ArrayList<>();
        for (Secret secret :
                rig.client()
                        .secrets()
                        .inNamespace(HOME)
                        .withLabel(ACTIVE, "active")
                        .list()
                        .getItems()) {
            keys.add(
                    UnsealingKey.parse(
                            secret.getMetadata().getName(),
                            text(secret, "tls.key"),
                            text(secret, "tls.crt")));
        }
        return KeyRing.byCertificate(keys).newest();
    }

    private static String text(Secret secret, String key) {
        return new String(
                Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    /** A SealedSecret for stores alone. */
    private static void sealed(String name, String remoteKey, Map<String, String> values) {
        rig.apply(
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata:
                  name: %s
                  annotations: {%s: 'true', %s: '%s'}
                spec:
                  encryptedData: {%s}
                """
                        .formatted(
                                name,
                                SealedSecret.STORE_ONLY,
                                SealedSecret.REMOTE_KEY,
                                remoteKey,
                                values.entrySet().stream()
                                        .map(entry ->
                                                entry.getKey()
                                                        + ": "
                                                        + seal(name, entry.getValue()))
                                        .collect(Collectors.joining(", "))));
    }

    private static String seal(String name, String value) {
        return certificate.seal(
                SecretValue.ofUtf8(value), Scope.STRICT.label(rig.namespace(), name), RANDOM);
    }

    private static void store(String kind, String name, String metadata, String spec) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: %s
                metadata: {name: %s%s}
                spec: %s
                """
                        .formatted(kind, name, metadata, spec));
    }

    private static void externalSecret(String name, String kind, String store, String spec) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: %s}
                spec:
                  secretStoreRef: {kind: %s, name: %s}
                %s
                """
                        .formatted(name, kind, store, spec.indent(2)));
    }

    @Test
    void aManifestForVaultIsServedUnchangedAndSeesNewValuesAtOnce() {
        String manifest =
                """
                data: [{secretKey: password, remoteRef: {key: team-a/database, property: password}}]
                dataFrom: [{extract: {key: team-a/api}}]
                """;
        store("SecretStore", "vault-backend", "", "{provider: {sealed: {}}}");
        externalSecret("app", "SecretStore", "vault-backend", manifest);
        sealed("database", "team-a/database", Map.of("user", "u", "password", "first"));
        sealed("api", "team-a/api", Map.of("token", "t"));

        rig.awaitData("app", Map.of("password", "first", "token", "t"));
        assertThat(rig.awaitReady("app").message()).isEqualTo("secret synced");

        sealed("database", "team-a/database", Map.of("user", "u", "password", "second"));
        rig.awaitData("app", Map.of("password", "second", "token", "t"));
        assertThat(rig.secret("database")).as("one for stores alone makes no Secret").isEmpty();
    }

    @Test
    void aStoreOfTheClusterServesEachNamespaceItsOwn() {
        String name = "sealed-" + rig.namespace();
        String labels = ", labels: {test: %s}".formatted(rig.namespace());
        store("ClusterSecretStore", name, labels, "{provider: {sealed: {}}}");
        sealed("own", "", Map.of("p", "mine"));
        externalSecret(
                "own",
                "ClusterSecretStore",
                name,
                "data: [{secretKey: a, remoteRef: {key: own, property: p}}]");
        rig.awaitData("own", Map.of("a", "mine"));

        store(
                "ClusterSecretStore",
                name + "-foreign",
                labels,
                "{provider: {sealed: {namespace: kube-system}}}");
        externalSecret(
                "foreign",
                "ClusterSecretStore",
                name + "-foreign",
                "data: [{secretKey: a, remoteRef: {key: own, property: p}}]");
        assertThat(rig.awaitNotReady("foreign").message())
                .contains("may not serve the SealedSecrets of namespace kube-system");

        store("SecretStore", "foreign", "", "{provider: {sealed: {namespace: kube-system}}}");
        rig.await(() ->
                readyOf("foreign").filter(ready -> ready.status().equals("False")).isPresent());
        assertThat(readyOf("foreign").orElseThrow().message())
                .contains("may not serve the SealedSecrets of namespace kube-system");
    }

    private static Optional<StatusCondition> readyOf(String store) {
        SecretStore found =
                rig.client()
                        .resources(SecretStore.class)
                        .inNamespace(rig.namespace())
                        .withName(store)
                        .get();
        return Optional.ofNullable(found)
                .map(SecretStore::getStatus)
                .flatMap(status -> status.condition(StatusCondition.READY));
    }

    @Test
    void twoThatAnswerToOneKeyAreNamed() {
        store("SecretStore", "twice", "", "{provider: {sealed: {}}}");
        sealed("first", "twice/key", Map.of("p", "1"));
        sealed("other", "twice/key", Map.of("p", "2"));
        externalSecret(
                "twice",
                "SecretStore",
                "twice",
                "data: [{secretKey: a, remoteRef: {key: twice/key, property: p}}]");

        rig.await(() ->
                rig.ready("twice")
                        .filter(ready ->
                                ready.message()
                                        .contains(
                                                "key 'twice/key' means two SealedSecrets in namespace '%s', first and other"
                                                        .formatted(rig.namespace())))
                        .isPresent());
    }

    @Test
    void sealedValuesServeWhereVaultIsNot() {
        store("SecretStore", "local", "", "{provider: {sealed: {}}}");
        store(
                "SecretStore",
                "vault",
                ", annotations: {signet.dev/fallback: SecretStore/local}",
                "{provider: {vault: {server: 'http://127.0.0.1:1', path: secret, auth: {tokenSecretRef: {name: none, key: token}}}}}");
        sealed("for-vault", "apps/web", Map.of("key", "sealed"));
        externalSecret(
                "web",
                "SecretStore",
                "vault",
                "data: [{secretKey: key, remoteRef: {key: apps/web, property: key}}]");

        rig.awaitData("web", Map.of("key", "sealed"));
        assertThat(rig.awaitReady("web").message())
                .startsWith("secret synced from the fallback SecretStore " + rig.namespace());
        sealed("for-vault", "apps/web", Map.of("key", "changed"));
        rig.awaitData("web", Map.of("key", "changed"));
        assertThat(Objects.requireNonNull(rig.secret("web").orElseThrow().getMetadata()))
                .satisfies(meta ->
                        assertThat(meta.getAnnotations())
                                .containsEntry(
                                        "signet.dev/from-fallback", "web=SecretStore/local"));
    }
}
