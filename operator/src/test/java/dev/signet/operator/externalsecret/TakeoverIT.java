package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.externalsecret.rules.FieldManagers;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.rig.Rig;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Secrets and ExternalSecrets that were there before the operator, of External Secrets or not. */
class TakeoverIT {

    private static final String MANAGED = "reconcile.external-secrets.io/managed";
    private static final String OWNER = "reconcile.external-secrets.io/created-by";
    private static final String HASH = "reconcile.external-secrets.io/data-hash";
    private static final String FINALIZER =
            "externalsecrets.external-secrets.io/externalsecret-cleanup";

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        store("fake", "1");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void writesNothingWhereExternalSecretsHasJustBeen() throws InterruptedException {
        rig.stopOperator();
        ExternalSecret fresh = externalSecret("eso-fresh", "");
        ExternalSecret due = externalSecret("eso-due", "");
        Secret freshSecret = asExternalSecretsMadeIt(fresh);
        Secret dueSecret = asExternalSecretsMadeIt(due);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String freshVersion = statusOfExternalSecrets(fresh, now.minusSeconds(60));
        statusOfExternalSecrets(due, now.minus(Duration.ofHours(2)));

        rig.startOperator();

        rig.await(() -> refreshTime("eso-due").isAfter(now.minusSeconds(10)));
        Thread.sleep(500);
        assertThat(version("eso-due")).isEqualTo(dueSecret.getMetadata().getResourceVersion());
        assertThat(version("eso-fresh")).isEqualTo(freshSecret.getMetadata().getResourceVersion());
        assertThat(rig.externalSecret("eso-fresh").getMetadata().getResourceVersion())
                .isEqualTo(freshVersion);
        assertThat(rig.ready("eso-due").orElseThrow().lastTransitionTime())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void adoptsASecretThatNobodyHasMarked() {
        create(secret("plain", Map.of("theirs", "x")).build(), "kubectl-create");
        externalSecret("plain", "");

        rig.awaitData("plain", Map.of("a", "1"));
        Secret adopted = rig.secret("plain").orElseThrow();
        assertThat(adopted.getMetadata().getLabels())
                .containsEntry(MANAGED, "true")
                .containsEntry(OWNER, GoHash.owner(rig.namespace(), "plain"));
        assertThat(adopted.getMetadata().getAnnotations())
                .containsEntry(HASH, GoHash.data(Map.of("a", bytes("1"))));
        assertThat(adopted.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(reference -> {
                    assertThat(reference.getApiVersion()).isEqualTo("external-secrets.io/v1");
                    assertThat(reference.getController()).isTrue();
                    assertThat(reference.getBlockOwnerDeletion()).isTrue();
                });
        assertThat(adopted.getMetadata().getManagedFields())
                .anySatisfy(entry -> {
                    assertThat(entry.getManager())
                            .isEqualTo("externalsecrets.external-secrets.io/plain");
                    assertThat(entry.getOperation()).isEqualTo("Update");
                });
    }

    @Test
    void takesItsOwnStaleMarksAwayAndLeavesThoseOfOthers() {
        for (String name : List.of("stale", "stale-with-a-name-that-is-too-long-for-a-manager")) {
            create(
                    secret(name, Map.of("gone", "x"))
                            .editMetadata()
                            .addToLabels(Map.of("gone", "x", MANAGED, "true"))
                            .addToAnnotations(Map.of("gone", "x", HASH, "old"))
                            .endMetadata()
                            .build(),
                    FieldManagers.of(name));
            rig.client()
                    .secrets()
                    .inNamespace(rig.namespace())
                    .withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            """
                            {"data":{"theirs":"eA=="},"metadata":{
                              "labels":{"theirs":"x"},"annotations":{"theirs":"x"}}}
                            """);
            externalSecret(name, "creationPolicy: Merge");

            rig.awaitData(name, Map.of("a", "1", "theirs", "x"));
            Secret merged = rig.secret(name).orElseThrow();
            assertThat(merged.getMetadata().getLabels())
                    .containsEntry("theirs", "x")
                    .doesNotContainKeys("gone", OWNER);
            assertThat(merged.getMetadata().getAnnotations())
                    .containsEntry("theirs", "x")
                    .doesNotContainKey("gone");
        }
    }

    @Test
    void leavesASecretOfAnotherExternalSecretAloneUntilThatIsGone() {
        externalSecret("first", "name: shared");
        rig.awaitData("shared", Map.of("a", "1"));
        String before = version("shared");

        externalSecret("second", "name: shared");
        assertThat(rig.awaitNotReady("second").message())
                .startsWith("target is owned by another ExternalSecret: ")
                .contains("shared", "first");
        assertThat(version("shared")).isEqualTo(before);

        delete("first");
        rig.client().secrets().inNamespace(rig.namespace()).withName("shared").delete();
        rig.awaitReady("second");
        assertThat(controller("shared").getName()).isEqualTo("second");
    }

    @Test
    void leavesASecretOfAnotherControllerAloneUntilItIsLetGo() {
        create(controlledBy("deploy", "apps/v1", "Deployment", "web", "other-uid"), "web");
        create(controlledBy("deploy-merged", "apps/v1", "Deployment", "web", "other-uid"), "web");
        String before = version("deploy");

        externalSecret("deploy", "");
        externalSecret("deploy-merged", "creationPolicy: Merge");
        assertThat(rig.awaitNotReady("deploy").message())
                .startsWith("failed to take ownership of target secret: ")
                .contains("Deployment web");
        assertThat(version("deploy")).isEqualTo(before);
        rig.awaitData("deploy-merged", Map.of("a", "1", "theirs", "x"));
        assertThat(controller("deploy-merged").getKind()).isEqualTo("Deployment");

        rig.client()
                .secrets()
                .inNamespace(rig.namespace())
                .withName("deploy")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"ownerReferences\":null}}");
        rig.awaitReady("deploy");
        assertThat(controller("deploy").getKind()).isEqualTo("ExternalSecret");
    }

    @Test
    void deletesTheSecretOfAnEarlierNameButNoneThatOnlyLooksLikeIt() {
        externalSecret("renamed", "name: before");
        externalSecret("renamed-orphan", "{name: before-orphan, creationPolicy: Orphan}");
        rig.awaitData("before", Map.of("a", "1"));
        rig.awaitData("before-orphan", Map.of("a", "1"));
        create(
                secret("copied", Map.of("theirs", "x"))
                        .editMetadata()
                        .addToLabels(MANAGED, "true")
                        .addToLabels(OWNER, GoHash.owner(rig.namespace(), "renamed"))
                        .endMetadata()
                        .build(),
                "kubectl-create");

        externalSecret("renamed", "name: after");
        externalSecret("renamed-orphan", "{name: after-orphan, creationPolicy: Orphan}");

        rig.awaitData("after", Map.of("a", "1"));
        rig.awaitData("after-orphan", Map.of("a", "1"));
        rig.await(() -> rig.secret("before").isEmpty());
        assertThat(rig.secret("copied")).isPresent();
        assertThat(rig.secret("before-orphan")).isPresent();
        assertThat(rig.externalSecret("renamed").getStatus().binding().name()).isEqualTo("after");
    }

    @Test
    void takesItsSecretBackWhenItIsMadeAnew() {
        externalSecret("again", "");
        rig.awaitData("again", Map.of("a", "1"));
        String before = controller("again").getUid();

        delete("again");
        String after = externalSecret("again", "").getMetadata().getUid();

        assertThat(after).isNotEqualTo(before);
        rig.await(() ->
                rig.secret("again").isPresent() && controller("again").getUid().equals(after));
        assertThat(rig.secret("again").orElseThrow().getMetadata().getOwnerReferences()).hasSize(1);
        rig.awaitReady("again");
    }

    @Test
    void givesASecretUpWhenItMayNoLongerOwnIt() {
        externalSecret("let-go", "");
        rig.awaitData("let-go", Map.of("a", "1"));

        externalSecret("let-go", "creationPolicy: Orphan");

        rig.await(() ->
                rig.secret("let-go").orElseThrow().getMetadata().getOwnerReferences().isEmpty());
        assertThat(rig.secret("let-go").orElseThrow().getMetadata().getLabels())
                .containsEntry(MANAGED, "true")
                .doesNotContainKey(OWNER);
    }

    @Test
    void neverChangesTheDataOfAnImmutableSecret() throws InterruptedException {
        store("frozen-store", "1");
        apply("frozen", "immutable: true", "frozen-store", "", "1s");
        rig.awaitData("frozen", Map.of("a", "1"));
        assertThat(rig.secret("frozen").orElseThrow().getImmutable()).isTrue();
        String before = version("frozen");

        store("frozen-store", "2");
        // Whatever look was under way, the second from here on has read the changed value.
        Scene scene = new Scene(rig);
        scene.awaitRefreshes("frozen", 3);

        assertThat(rig.data("frozen")).isEqualTo(Map.of("a", "1"));
        assertThat(rig.ready("frozen").orElseThrow().message()).isEqualTo("secret synced");
        assertThat(version("frozen")).isEqualTo(before);
        delete("frozen");
    }

    @Test
    void takesOffTheFinalizerThatExternalSecretsLeft() {
        apply("left-kept", "", "fake", FINALIZER, "1h");
        apply("left-deleted", "deletionPolicy: Delete", "fake", FINALIZER, "1h");
        apply(
                "left-merged",
                "{creationPolicy: Orphan, deletionPolicy: Delete}",
                "fake",
                FINALIZER,
                "1h");
        for (String name : List.of("left-kept", "left-deleted", "left-merged")) {
            rig.awaitData(name, Map.of("a", "1"));
            delete(name);
        }

        assertThat(rig.secret("left-kept")).isPresent();
        assertThat(rig.secret("left-deleted")).isEmpty();
        assertThat(rig.secret("left-merged")).isPresent();
    }

    @Test
    void goesOnAfterARestartWithoutAWrite() throws InterruptedException {
        externalSecret("restarted", "deletionPolicy: Delete");
        rig.awaitReady("restarted");
        String secret = version("restarted");
        String before = rig.externalSecret("restarted").getMetadata().getResourceVersion();

        rig.stopOperator();
        rig.startOperator();
        store("restart-store", "1");
        apply("after-restart", "", "restart-store", "", "1h");
        rig.awaitReady("after-restart");
        Thread.sleep(500);

        assertThat(version("restarted")).isEqualTo(secret);
        assertThat(rig.externalSecret("restarted").getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    private static ExternalSecret externalSecret(String name, String target) {
        return apply(name, target, "fake", "", "1h");
    }

    private static ExternalSecret apply(
            String name, String target, String store, String finalizer, String interval) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: %s, labels: {team: t}, finalizers: [%s]}
                spec:
                  refreshInterval: %s
                  secretStoreRef: {name: %s}
                  target: %s
                  data:
                    - {secretKey: a, remoteRef: {key: a}}
                """
                        .formatted(
                                name,
                                finalizer,
                                interval,
                                store,
                                target.startsWith("{") ? target : "{" + target + "}"));
        return rig.externalSecret(name);
    }

    private static void store(String name, String value) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: %s}
                spec: {provider: {fake: {data: [{key: a, value: '%s'}]}}}
                """
                        .formatted(name, value));
    }

    private static Secret asExternalSecretsMadeIt(ExternalSecret es) {
        String name = es.getMetadata().getName();
        return create(
                secret(name, Map.of("a", "1"))
                        .editMetadata()
                        .addToLabels(es.getMetadata().getLabels())
                        .addToLabels(MANAGED, "true")
                        .addToLabels(OWNER, GoHash.owner(rig.namespace(), name))
                        .addToAnnotations(HASH, GoHash.data(Map.of("a", bytes("1"))))
                        .addToOwnerReferences(
                                reference(
                                        "external-secrets.io/v1",
                                        "ExternalSecret",
                                        name,
                                        es.getMetadata().getUid()))
                        .endMetadata()
                        .withType("Opaque")
                        .build(),
                FieldManagers.of(name));
    }

    /** Writes the status as External Secrets does, and returns the version of the object then. */
    private static String statusOfExternalSecrets(ExternalSecret es, Instant refreshed) {
        return rig.client()
                .resources(ExternalSecret.class)
                .inNamespace(rig.namespace())
                .withName(es.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"status":{"refreshTime":"%s","syncedResourceVersion":"%s",
                          "binding":{"name":"%s"},
                          "conditions":[{"type":"Ready","status":"True","reason":"SecretSynced",
                            "message":"secret synced","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                        """
                                .formatted(
                                        refreshed,
                                        GoHash.syncedResourceVersion(
                                                es.getMetadata().getGeneration(),
                                                es.getMetadata().getLabels(),
                                                Map.of()),
                                        es.getMetadata().getName()))
                .getMetadata()
                .getResourceVersion();
    }

    private static SecretBuilder secret(String name, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(rig.namespace())
                .withName(name)
                .endMetadata()
                .withStringData(new TreeMap<>(data));
    }

    private static Secret controlledBy(
            String name, String apiVersion, String kind, String owner, String uid) {
        return secret(name, Map.of("theirs", "x"))
                .editMetadata()
                .addToOwnerReferences(reference(apiVersion, kind, owner, uid))
                .endMetadata()
                .build();
    }

    private static OwnerReference reference(
            String apiVersion, String kind, String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private static Secret create(Secret secret, String fieldManager) {
        rig.client()
                .raw(
                        "/api/v1/namespaces/%s/secrets?fieldManager=%s"
                                .formatted(
                                        rig.namespace(),
                                        URLEncoder.encode(fieldManager, StandardCharsets.UTF_8)),
                        "POST",
                        secret);
        return rig.secret(secret.getMetadata().getName()).orElseThrow();
    }

    private static void delete(String name) {
        var found =
                rig.client()
                        .resources(ExternalSecret.class)
                        .inNamespace(rig.namespace())
                        .withName(name);
        found.delete();
        rig.await(() -> found.get() == null);
    }

    private static OwnerReference controller(String secret) {
        return rig.secret(secret).orElseThrow().getMetadata().getOwnerReferences().stream()
                .filter(OwnerReference::getController)
                .findFirst()
                .orElseThrow();
    }

    private static String version(String secret) {
        return rig.secret(secret).orElseThrow().getMetadata().getResourceVersion();
    }

    private static Instant refreshTime(String name) {
        ExternalSecretStatus status = rig.externalSecret(name).getStatus();
        return status == null || status.refreshTime().isEmpty()
                ? Instant.EPOCH
                : Instant.parse(status.refreshTime());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
