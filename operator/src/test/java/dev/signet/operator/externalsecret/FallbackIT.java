package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StoreRef;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.externalsecret.rules.FallbackMark;
import dev.signet.operator.rig.Rig;
import dev.signet.operator.store.Providers;
import dev.signet.provider.SecretProvider;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One store that serves in the place of another. */
class FallbackIT {

    private static final String READ = "could not get secret data from provider: ";

    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        rig = Rig.start(OperatorConfig.DEFAULTS, providers());
        scene = new Scene(rig);
        scene.store(
                "local",
                "[{key: away, value: local}, {key: denied, value: local}, {key: gone, value: local}, {key: app, value: '{\"password\": \"local\"}'}]");
    }

    @AfterAll
    static void stop() {
        rig.client()
                .resources(ClusterSecretStore.class)
                .withLabel("test", rig.namespace())
                .delete();
        rig.close();
    }

    private static Providers providers() {
        Map<String, SecretProvider<?>> all = new HashMap<>();
        ServiceLoader.load(SecretProvider.class)
                .forEach(provider -> all.put(provider.name(), provider));
        all.put(ScriptedProvider.NAME, new ScriptedProvider(new SwitchedClient()));
        return Providers.of(all);
    }

    /** A store that answers as its remote keys say, with these lines in its manifest. */
    private static void scripted(String name, String metadata, String spec) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: %s%s}
                spec: {provider: {%s: {}}%s}
                """
                        .formatted(name, metadata, ScriptedProvider.NAME, spec));
    }

    private static void externalSecret(String name, String store, String key, String... more) {
        scene.externalSecretOf(
                name,
                store,
                String.join("\n", more)
                        + "\ndata: [{secretKey: a, remoteRef: {key: %s}}]".formatted(key));
    }

    private static String mark(String secret) {
        Map<String, String> annotations =
                rig.secret(secret).orElseThrow().getMetadata().getAnnotations();
        return annotations.getOrDefault(FallbackMark.ANNOTATION, "");
    }

    @Test
    void theFallbackServesWhileTheBackendIsDownAndNoLongerThanThat() {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).persistent().start()) {
            bao.api()
                    .write(
                            "sys/mounts/secret",
                            Map.of("type", "kv", "options", Map.of("version", "2")));
            bao.api().putKv2("secret", "app", Map.of("password", "real"));
            String token = bao.rootToken();
            bao.stop();
            rig.apply(
                    """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: bao-token}
                    stringData: {token: '%s'}
                    ---
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: bao}
                    spec:
                      provider: {vault: {server: '%s', path: secret, auth: {tokenSecretRef: {name: bao-token, key: token}}}}
                      fallback: {name: local}
                    """
                            .formatted(token, bao.address()));
            scene.externalSecretOf(
                    "bao",
                    "bao",
                    "refreshInterval: 2s\ndata: [{secretKey: a, remoteRef: {key: app, property: password}}]");

            rig.awaitData("bao", Map.of("a", "local"));
            String store = "SecretStore " + rig.namespace();
            String begin =
                    "secret synced from the fallback %s/local, as %s/bao is unreachable ("
                            .formatted(store, store);
            assertThat(rig.awaitReady("bao"))
                    .satisfies(ready -> {
                        assertThat(ready.reason()).isEqualTo("SecretSynced");
                        assertThat(ready.message()).startsWith(begin);
                    });
            assertThat(mark("bao")).isEqualTo("bao=SecretStore/local");
            scene.awaitRefreshes("bao", 2);
            rig.await(() -> told("bao", "Warning FallbackUsed: " + begin) == 1);
            assertThat(scene.metrics())
                    .contains("signet_fallback_reads_total{cause=\"Unreachable\"}")
                    .contains("signet_fallback_externalsecrets ");

            bao.start();
            rig.awaitData("bao", Map.of("a", "real"));
            rig.await(() -> scene.message("bao").equals("secret synced"));
            assertThat(mark("bao")).isEmpty();
            rig.await(() -> told("bao", "Normal FallbackOver: ") == 1);

            bao.stop();
            assertThat(rig.awaitNotReady("bao").message())
                    .contains("the fallback " + store + "/local is left aside");
            assertThat(rig.data("bao")).isEqualTo(Map.of("a", "real"));
        }
    }

    private static long told(String name, String what) {
        return scene.events(name).stream().filter(event -> event.contains(what)).count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"denied | the backend refuses", "gone | Secret does not exist: secret gone"})
    void noFallbackServesWhereAccessIsDeniedOrAValueIsMissing(String key, String why) {
        scripted("strict", "", ", fallback: {name: local}");
        externalSecret("strict-" + key, "strict", key);

        assertThat(rig.awaitNotReady("strict-" + key).message()).endsWith(why);
        assertThat(rig.secret("strict-" + key)).isEmpty();
    }

    @Test
    void aMissingValueComesFromAFallbackThatIsToldSo() {
        scripted("lenient", "", ", fallback: {name: local, on: [Missing]}");
        externalSecret("lenient", "lenient", "gone");
        externalSecret("lenient-denied", "lenient", "denied");

        assertThat(rig.awaitReady("lenient").message())
                .endsWith("does not have all values (there is no secret gone)");
        assertThat(rig.data("lenient")).isEqualTo(Map.of("a", "local"));
        assertThat(rig.awaitNotReady("lenient-denied").message()).endsWith("the backend refuses");
    }

    @Test
    void allValuesOfAStoreComeFromOnePlace() {
        scene.store("both", "[{key: away, value: local}, {key: there, value: local}]");
        scripted("partly", "", ", fallback: {name: both}");
        scene.externalSecretOf(
                "partly",
                "partly",
                """
                data:
                  - {secretKey: a, remoteRef: {key: there}}
                  - {secretKey: b, remoteRef: {key: away}}
                """);

        rig.awaitData("partly", Map.of("a", "local", "b", "local"));
    }

    @Test
    void aStoreWithoutItsCredentialsIsServedUntilTheyAreThere() {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start()) {
            bao.api().putKv2("secret", "app", Map.of("password", "real"));
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: poor}
                    spec:
                      provider: {vault: {server: '%s', path: secret, auth: {tokenSecretRef: {name: later, key: token}}}}
                      fallback: {name: local}
                    """
                            .formatted(bao.address()));
            scene.externalSecretOf(
                    "poor",
                    "poor",
                    "data: [{secretKey: a, remoteRef: {key: app, property: password}}]");
            rig.awaitData("poor", Map.of("a", "local"));
            assertThat(rig.awaitReady("poor").message())
                    .contains("is not configured in this cluster (")
                    .contains("later");

            rig.client()
                    .resource(
                            new SecretBuilder()
                                    .withNewMetadata()
                                    .withNamespace(rig.namespace())
                                    .withName("later")
                                    .endMetadata()
                                    .addToStringData("token", bao.rootToken())
                                    .build())
                    .create();
            rig.awaitData("poor", Map.of("a", "real"));
            rig.await(() -> scene.message("poor").equals("secret synced"));
        }
    }

    @Test
    void aProviderThatIsNotHereIsNotConfiguredAndAnAnnotationNamesTheFallback() {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: elsewhere, annotations: {signet.dev/fallback: SecretStore/local}}
                spec: {provider: {gitlab: {projectID: '1'}}}
                """);
        externalSecret("elsewhere", "elsewhere", "away");

        assertThat(rig.awaitReady("elsewhere").message())
                .contains("is not configured in this cluster (")
                .contains("spec.provider.gitlab is not supported by this operator");
        assertThat(rig.data("elsewhere")).isEqualTo(Map.of("a", "local"));
    }

    @Test
    void whatCameFromTheStoreIsOverwrittenOnlyByAFallbackThatMay() {
        scripted("keeping", "", ", fallback: {name: local}");
        scripted("replacing", "", ", fallback: {name: local, mode: Replace}");
        for (String name : new String[] {"keeping", "replacing"}) {
            externalSecret(name, name, "x");
            rig.awaitData(name, Map.of("a", "real"));
            externalSecret(name, name, "away");
        }

        assertThat(rig.awaitNotReady("keeping").message())
                .isEqualTo(
                        "%sSecretStore %s/keeping is unreachable (the backend is away); the fallback SecretStore %s/local is left aside, as Secret keeping holds values of the store itself, and the fallback's mode is not Replace"
                                .formatted(READ, rig.namespace(), rig.namespace()));
        assertThat(rig.data("keeping")).isEqualTo(Map.of("a", "real"));
        rig.awaitData("replacing", Map.of("a", "local"));
    }

    @Test
    void aSharedTargetKeepsTheMarkOfEach() {
        scripted("shared", "", ", fallback: {name: local}");
        rig.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: shared}
                stringData: {own: x}
                """);
        String merge = "target: {name: shared, creationPolicy: Merge}";
        scene.externalSecretOf(
                "one", "shared", merge + "\ndata: [{secretKey: a, remoteRef: {key: away}}]");
        scene.externalSecretOf(
                "two", "shared", merge + "\ndata: [{secretKey: b, remoteRef: {key: x}}]");
        rig.awaitData("shared", Map.of("own", "x", "a", "local", "b", "real"));
        assertThat(mark("shared")).isEqualTo("one=SecretStore/local");

        scene.externalSecretOf(
                "two", "shared", merge + "\ndata: [{secretKey: b, remoteRef: {key: away}}]");
        assertThat(rig.awaitNotReady("two").message()).contains("is left aside");
        assertThat(rig.data("shared")).containsEntry("b", "real");
    }

    @ParameterizedTest
    @CsvSource({"Retain", "Delete", "Merge"})
    void whatAFallbackDoesNotHaveDeletesNothing(String policy) {
        String name = "lacking-" + policy.toLowerCase(java.util.Locale.ROOT);
        scene.store(name + "-local", "[{key: away, value: local}]");
        scripted(name, "", ", fallback: {name: %s-local}".formatted(name));
        String target = "target: {deletionPolicy: %s}".formatted(policy);
        externalSecret(name, name, "away", target);
        rig.awaitData(name, Map.of("a", "local"));

        scene.store(name + "-local", "[{key: other, value: local}]");

        assertThat(rig.awaitNotReady(name).message())
                .contains(
                        "SecretStore %s/%s is unreachable (the backend is away), and its fallback SecretStore %s/%s-local does not help: there is no "
                                .formatted(rig.namespace(), name, rig.namespace(), name));
        assertThat(rig.data(name)).isEqualTo(Map.of("a", "local"));
    }

    @Test
    void saysWhyAFallbackCannotServe() {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ClusterSecretStore
                metadata: {name: closed-%s, labels: {test: %s}}
                spec:
                  provider: {fake: {data: [{key: away, value: local}]}}
                  conditions: [{namespaces: [elsewhere]}]
                """
                        .formatted(rig.namespace(), rig.namespace()));
        Map<String, String> reasons =
                Map.of(
                        "{name: selfish}",
                        "it is the store itself",
                        "{name: nowhere}",
                        "SecretStore %s/nowhere does not exist".formatted(rig.namespace()),
                        "{kind: ClusterSecretStore, name: closed-%s}".formatted(rig.namespace()),
                        "is not allowed from namespace");
        reasons.forEach((fallback, reason) -> {
            scripted("selfish", "", ", fallback: " + fallback);
            externalSecret("selfish", "selfish", "away");
            rig.await(() -> scene.message("selfish").contains(reason));
            assertThat(scene.message("selfish"))
                    .contains("SecretStore %s/selfish is unreachable".formatted(rig.namespace()));
            assertThat(rig.secret("selfish")).isEmpty();
        });
    }

    @Test
    void aFallbackOfItsOwnIsNotFollowed() {
        scripted("second", "", ", fallback: {name: local}");
        scripted("first", "", ", fallback: {name: second}");
        externalSecret("chained", "first", "away");

        assertThat(rig.awaitNotReady("chained").message())
                .contains(
                        "its fallback SecretStore %s/second does not help: the backend is away"
                                .formatted(rig.namespace()));
    }

    @Test
    void theOneOfAllServesForAStoreThatIsNotThere() {
        OperatorConfig config =
                OperatorConfig.DEFAULTS.withFallbackStore(new StoreRef("local", "SecretStore"));
        try (Rig other = Rig.start(config, providers())) {
            Scene there = new Scene(other);
            there.store("local", "[{key: a, value: local}]");
            there.externalSecret("es", "absent");
            other.awaitData("es", Map.of("a", "local"));
            assertThat(other.awaitReady("es").message())
                    .contains("is not configured in this cluster (there is no such store)");

            there.store("absent", "[{key: a, value: real}]");
            other.awaitData("es", Map.of("a", "real"));
            there.externalSecret("itself", "local", "refreshInterval: 1h");
            other.awaitData("itself", Map.of("a", "local"));
            assertThat(other.awaitReady("itself").message()).isEqualTo("secret synced");
        }
    }
}
