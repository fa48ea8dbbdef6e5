package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StatusCondition;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.SecretStore;
import dev.signet.operator.rig.Rig;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a store's state means for its ExternalSecrets. */
class StoreBehaviourIT {

    private static final int MANY = 10;

    /** Waking takes far less than a second; the rest is for a machine with other work. */
    private static final Duration WAKING = Duration.ofSeconds(3);

    private static final Map<String, String> ONE = Map.of("a", "1");

    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        scene = new Scene(rig);
    }

    @AfterAll
    static void stop() {
        rig.client()
                .resources(ClusterSecretStore.class)
                .withLabel("test", rig.namespace())
                .delete();
        rig.close();
    }

    @Test
    void leavesAStoreOfAnotherControllerClassAlone() throws InterruptedException {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: foreign}
                spec: {controller: another, provider: {fake: {data: [{key: a, value: '1'}]}}}
                """);
        scene.externalSecret("foreign", "foreign");
        scene.store("ours", "[{key: a, value: '1'}]");
        scene.externalSecret("ours", "ours");
        rig.awaitData("ours", ONE);
        Thread.sleep(500);

        assertThat(storeReady("foreign")).isEmpty();
        assertThat(rig.ready("foreign")).isEmpty();
        assertThat(rig.secret("foreign")).isEmpty();
    }

    @Test
    void saysWhyAStoreCannotBeUsed() {
        Map<String, String> providers =
                Map.of(
                        "unknown",
                        "{gitlab: {projectID: '1'}}",
                        "misconfigured",
                        "{fake: {data: [{key: '', value: x}]}}",
                        "unusable",
                        "{fake: {data: [], validationResult: 2}}");
        Map<String, String> reasons =
                Map.of(
                        "unknown",
                        "unable to create client: SecretStore %s/unknown: spec.provider.gitlab is not supported by this operator",
                        "misconfigured",
                        "unable to create client: SecretStore %s/misconfigured: ",
                        "unusable",
                        "unable to validate store: fake.validationResult is 2");
        providers.forEach((name, provider) -> {
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: %s}
                    spec: {provider: %s}
                    """
                            .formatted(name, provider));
            scene.externalSecret(name, name);
        });

        reasons.forEach((name, reason) -> {
            rig.await(() -> storeReady(name).isPresent());
            StatusCondition store = storeReady(name).orElseThrow();
            assertThat(store.status()).isEqualTo("False");
            assertThat(store.reason()).isEqualTo("InvalidProviderConfig");
            assertThat(store.message()).startsWith(reason.formatted(rig.namespace()));
            assertThat(rig.awaitNotReady(name).message())
                    .startsWith(
                            "could not get secret data from provider: SecretStore \"%s\" is not ready: "
                                    .formatted(name))
                    .contains(store.message());
            assertThat(rig.secret(name)).isEmpty();
        });
    }

    @Test
    void takesAStoreThatCannotSayForReady() {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: unsure}
                spec: {provider: {fake: {data: [{key: a, value: '1'}], validationResult: 1}}}
                """);
        scene.externalSecret("unsure", "unsure");

        rig.awaitData("unsure", ONE);
        assertThat(storeReady("unsure").orElseThrow().reason()).isEqualTo("ValidationUnknown");
    }

    @Test
    void syncsAtOnceWhenItsStoreBecomesReady() throws InterruptedException {
        String spec =
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: late}
                spec: {provider: {fake: {data: [{key: a, value: '1'}], validationResult: %d}}}
                """;
        rig.apply(spec.formatted(2));
        IntStream.range(0, MANY).forEach(i -> scene.externalSecret("late-" + i, "late"));
        IntStream.range(0, MANY).forEach(i -> rig.awaitNotReady("late-" + i));
        // By now the next retries are seconds away.
        Thread.sleep(4000);

        rig.apply(spec.formatted(0));

        awaitManyRightAfter("late");
    }

    @Test
    void syncsAtOnceWhenItsStoreIsMadeAfterIt() throws InterruptedException {
        IntStream.range(0, MANY).forEach(i -> scene.externalSecret("early-" + i, "early"));
        IntStream.range(0, MANY)
                .forEach(i ->
                        assertThat(rig.awaitNotReady("early-" + i).message())
                                .contains(
                                        "SecretStore %s/early does not exist"
                                                .formatted(rig.namespace())));
        Thread.sleep(4000);

        scene.store("early", "[{key: a, value: '1'}]");

        awaitManyRightAfter("early");
    }

    @Test
    void syncsAtOnceWhenItsStoreChangesOrIsMadeAnew() {
        scene.store("changing", "[{key: a, value: '1'}]");
        scene.externalSecret("changing", "changing");
        rig.awaitData("changing", ONE);

        scene.store("changing", "[{key: a, value: '2'}]");
        rig.awaitData("changing", Map.of("a", "2"));

        rig.client()
                .resources(SecretStore.class)
                .inNamespace(rig.namespace())
                .withName("changing")
                .delete();
        scene.store("changing", "[{key: a, value: '3'}]");
        rig.awaitData("changing", Map.of("a", "3"));
    }

    @Test
    void keepsTheSecretWhenItsStoreIsGone() {
        scene.store("gone", "[{key: a, value: '1'}]");
        scene.externalSecret(
                "gone", "gone", "refreshInterval: 1s", "target: {deletionPolicy: Delete}");
        rig.awaitData("gone", ONE);

        rig.client()
                .resources(SecretStore.class)
                .inNamespace(rig.namespace())
                .withName("gone")
                .delete();

        assertThat(rig.awaitNotReady("gone").message()).contains("gone does not exist");
        assertThat(rig.data("gone")).isEqualTo(ONE);
        scene.at("gone").delete();
    }

    @Test
    void opensAClusterStoreToTheNamespacesThatItsConditionsName() {
        String namespace = rig.namespace();
        rig.client()
                .namespaces()
                .withName(namespace)
                .edit(found ->
                        new NamespaceBuilder(found)
                                .editMetadata()
                                .addToLabels("team", "blue")
                                .endMetadata()
                                .build());
        Map<String, String> open =
                Map.of(
                        "all", "[]",
                        "name", "[{namespaces: [other, %s]}]".formatted(namespace),
                        "regexp",
                                "[{namespaceRegexes: ['^nothing$', '%s']}]"
                                        .formatted(namespace.substring(1)),
                        "label", "[{namespaceSelector: {matchLabels: {team: blue}}}]",
                        "expression",
                                "[{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [blue]}]}}]",
                        "second",
                                "[{namespaces: [other]}, {namespaceSelector: {matchLabels: {team: blue}}}]");
        Map<String, String> closed =
                Map.of(
                        "other-name", "[{namespaces: [other]}]",
                        "other-regexp", "[{namespaceRegexes: ['^%s.']}]".formatted(namespace),
                        "other-label", "[{namespaceSelector: {matchLabels: {team: red}}}]");
        open.forEach(StoreBehaviourIT::clusterStore);
        closed.forEach(StoreBehaviourIT::clusterStore);

        open.keySet().forEach(name -> rig.awaitData("cluster-" + name, ONE));
        closed.keySet()
                .forEach(name -> {
                    assertThat(rig.awaitNotReady("cluster-" + name).message())
                            .startsWith(
                                    "could not get secret data from provider: using ClusterSecretStore")
                            .contains(
                                    "is not allowed from namespace \"%s\": denied by spec.conditions"
                                            .formatted(namespace));
                    assertThat(rig.secret("cluster-" + name)).isEmpty();
                });
    }

    private static void clusterStore(String name, String conditions) {
        String store = name + "-" + rig.namespace();
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ClusterSecretStore
                metadata: {name: %s, labels: {test: %s}}
                spec: {conditions: %s, provider: {fake: {data: [{key: a, value: '1'}]}}}
                ---
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: cluster-%s}
                spec:
                  secretStoreRef: {kind: ClusterSecretStore, name: %s}
                  data: [{secretKey: a, remoteRef: {key: a}}]
                """
                        .formatted(store, rig.namespace(), conditions, name, store));
    }

    /** All become Ready right after the store has, which their own next tries would not do. */
    private static void awaitManyRightAfter(String store) {
        IntStream.range(0, MANY).forEach(i -> rig.awaitReady(store + "-" + i));
        Instant woken = Instant.parse(storeReady(store).orElseThrow().lastTransitionTime());
        for (int i = 0; i < MANY; i++) {
            StatusCondition ready = rig.ready(store + "-" + i).orElseThrow();
            assertThat(Duration.between(woken, Instant.parse(ready.lastTransitionTime())))
                    .isLessThanOrEqualTo(WAKING);
        }
    }

    private static Optional<StatusCondition> storeReady(String name) {
        var status =
                rig.client()
                        .resources(SecretStore.class)
                        .inNamespace(rig.namespace())
                        .withName(name)
                        .require()
                        .getStatus();
        return status == null ? Optional.empty() : status.condition(StatusCondition.READY);
    }
}
