package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StatusCondition;
import dev.signet.operator.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When an ExternalSecret is synced, and when it is left alone. */
class SyncBehaviourIT {

    private static final String MANAGED = "reconcile.external-secrets.io/managed";
    private static final Map<String, String> ONE = Map.of("a", "1");

    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        scene = new Scene(rig);
        scene.store("fake", "[{key: a, value: '1'}]");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void syncsAtOnceWhenALabelOrAnAnnotationChanges() {
        scene.externalSecret("forced", "fake");
        rig.awaitData("forced", ONE);

        scene.patch("forced", "{\"metadata\":{\"annotations\":{\"force-sync\":\"now\"}}}");
        rig.await(() -> "now".equals(annotation("forced", "force-sync")));

        scene.patch("forced", "{\"metadata\":{\"labels\":{\"force-sync\":\"again\"}}}");
        rig.await(() -> "again".equals(label("forced", "force-sync")));

        scene.patch(
                "forced",
                "{\"metadata\":{\"labels\":{\"force-sync\":null},\"annotations\":{\"force-sync\":null}}}");
        rig.await(() -> label("forced", "force-sync").isEmpty());
        assertThat(annotation("forced", "force-sync")).isEmpty();
    }

    @Test
    void healsAtOnceWhatWasDoneByHand() {
        scene.externalSecret("healed", "fake");
        rig.awaitData("healed", ONE);
        rig.awaitReady("healed");

        scene.patchSecret("healed", "{\"data\":{\"a\":\"eA==\",\"b\":\"eQ==\"}}");
        rig.awaitData("healed", ONE);

        scene.deleteSecret("healed");
        rig.awaitData("healed", ONE);

        scene.patchSecret("healed", "{\"metadata\":{\"labels\":{\"%s\":null}}}".formatted(MANAGED));
        rig.await(() -> label("healed", MANAGED).equals("true"));

        scene.patchSecret(
                "healed",
                "{\"data\":null,\"metadata\":{\"annotations\":{\"reconcile.external-secrets.io/data-hash\":null}}}");
        rig.awaitData("healed", ONE);
    }

    @Test
    void takesNoNoticeOfAChangedStatus() throws InterruptedException {
        scene.externalSecret("tampered", "fake");
        rig.awaitReady("tampered");
        Thread.sleep(300);

        scene.patchStatus(
                "tampered",
                """
                {"status":{"conditions":[{"type":"Ready","status":"True","reason":"By","message":"hand",
                  "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                """);
        Thread.sleep(700);

        assertThat(scene.message("tampered")).isEqualTo("hand");
    }

    @Test
    void syncsOnceWhereTheIntervalIsZero() throws InterruptedException {
        scene.store("once-store", "[{key: a, value: '1'}]");
        scene.externalSecret("once", "once-store", "refreshInterval: '0'");
        rig.awaitData("once", ONE);
        rig.awaitReady("once");
        String synced = scene.status("once").syncedResourceVersion();

        scene.store("once-store", "[{key: a, value: '2'}]");
        scene.patch("once", "{\"metadata\":{\"labels\":{\"touch\":\"1\"}}}");
        Thread.sleep(1500);

        assertThat(rig.data("once")).isEqualTo(ONE);
        assertThat(scene.status("once").syncedResourceVersion()).isEqualTo(synced);

        scene.deleteSecret("once");
        rig.awaitData("once", Map.of("a", "2"));
    }

    @Test
    void writesNoSecretAnewWhenNothingChanged() {
        for (String policy : new String[] {"Owner", "Orphan", "CreateOrMerge"}) {
            scene.externalSecret(
                    "calm-" + policy.toLowerCase(java.util.Locale.ROOT),
                    "fake",
                    "refreshInterval: 1s",
                    "target: {creationPolicy: " + policy + "}");
        }
        rig.awaitReady("calm-owner");
        rig.awaitReady("calm-orphan");
        rig.awaitReady("calm-createormerge");
        String owner = scene.version("calm-owner");
        String orphan = scene.version("calm-orphan");
        String merged = scene.version("calm-createormerge");

        scene.awaitRefreshes("calm-owner", 3);
        scene.awaitRefreshes("calm-createormerge", 1);

        assertThat(scene.version("calm-owner")).isEqualTo(owner);
        assertThat(scene.version("calm-orphan")).isEqualTo(orphan);
        assertThat(scene.version("calm-createormerge")).isEqualTo(merged);
        for (String policy : new String[] {"owner", "orphan", "createormerge"}) {
            assertThat(scene.events("calm-" + policy)).noneMatch(e -> e.contains("Updated"));
            scene.at("calm-" + policy).delete();
        }
    }

    @Test
    void readsAgainAtEachInterval() {
        Instant made = Instant.now();
        scene.externalSecret("periodic", "fake", "refreshInterval: 2s");
        rig.awaitReady("periodic");
        scene.awaitRefreshes("periodic", 1);
        String status = rig.externalSecret("periodic").getMetadata().getResourceVersion();

        scene.awaitRefreshes("periodic", 2);

        // Two of these at least were refreshes, and each may come a tenth early.
        assertThat(Duration.between(made, Instant.now())).isGreaterThan(Duration.ofMillis(3600));
        // Nothing but the time is news, and that is told every five minutes at most.
        assertThat(rig.externalSecret("periodic").getMetadata().getResourceVersion())
                .isEqualTo(status);
        scene.at("periodic").delete();
    }

    @Test
    void holdsRefreshesBackInAClosedWindowButNoChange() throws InterruptedException {
        String closed =
                "syncWindows: {kind: deny, windows: [{schedule: '* * * * *', duration: 1h}]}";
        String open =
                "syncWindows: {kind: allow, windows: [{schedule: '* * * * *', duration: 1h}]}";
        scene.externalSecret("closed", "fake", "refreshInterval: 1s", closed);
        scene.externalSecret("open", "fake", "refreshInterval: 1s", open);
        rig.awaitData("closed", ONE);
        rig.awaitReady("closed");
        rig.awaitReady("open");
        // A look is counted a little after its status is written.
        rig.await(() -> scene.looks("closed") > 0);
        long reads = scene.looks("closed");

        scene.awaitRefreshes("open", 3);
        assertThat(scene.looks("closed")).isEqualTo(reads);

        scene.patch("closed", "{\"metadata\":{\"labels\":{\"touch\":\"1\"}}}");
        rig.await(() -> label("closed", "touch").equals("1"));
        scene.deleteSecret("closed");
        rig.awaitData("closed", ONE);
        scene.at("open").delete();
    }

    @Test
    void keepsTheSecretWhereTheSpecAsksForWhatIsNotSupported() {
        Map<String, String> wishes =
                Map.of(
                        "templated",
                        "target: {template: {data: {b: 'x'}}}",
                        "manifested",
                        "target: {manifest: {apiVersion: v1, kind: ConfigMap}}",
                        "generated",
                        "dataFrom: [{sourceRef: {generatorRef: {kind: Password, name: p}}}]");
        wishes.keySet().forEach(name -> scene.externalSecret(name, "fake"));
        wishes.keySet().forEach(name -> rig.awaitData(name, ONE));

        wishes.forEach((name, wish) -> scene.externalSecret(name, "fake", wish));

        wishes.forEach((name, wish) -> {
            StatusCondition ready = rig.awaitNotReady(name);
            assertThat(ready.reason()).isEqualTo("SecretSyncedError");
            assertThat(ready.message())
                    .startsWith("invalid spec: spec.")
                    .contains("is not supported yet");
            assertThat(rig.data(name)).isEqualTo(ONE);
        });

        wishes.keySet().forEach(name -> scene.at(name).delete());
    }

    @Test
    void bringsWhatIsFoundRewrittenConvertedAndDecoded() {
        scene.store(
                "many",
                """
                [{key: app/one, value: MQ==}, {key: app/two, value: 'Mg=='}, {key: other, value: x},
                 {key: map, value: '{"a b":"c","n":1.50}'}]
                """);
        scene.externalSecretOf(
                "found",
                "many",
                """
                dataFrom:
                  - find: {name: {regexp: '^app/'}, decodingStrategy: Base64}
                    rewrite: [{regexp: {source: 'app/(.*)', target: 'my-$1'}}]
                """);
        scene.externalSecretOf(
                "converted",
                "many",
                """
                dataFrom:
                  - find: {name: {regexp: 'app'}, conversionStrategy: Unicode}
                  - extract: {key: map}
                """);
        scene.externalSecretOf(
                "unfit",
                "many",
                """
                dataFrom:
                  - find: {name: {regexp: '^app'}}
                    rewrite: [{regexp: {source: 'app', target: 'a p p'}}]
                """);

        rig.awaitData("found", Map.of("my-one", "1", "my-two", "2"));
        rig.awaitData(
                "converted",
                Map.of("app_U002f_one", "MQ==", "app_U002f_two", "Mg==", "a_b", "c", "n", "1.50"));
        assertThat(rig.awaitNotReady("unfit").message())
                .startsWith("could not get secret data from provider: ")
                .contains("spec.dataFrom[0]", "a p p/");
        assertThat(rig.secret("unfit")).isEmpty();
    }

    private static String label(String secret, String name) {
        return rig.secret(secret)
                .map(found -> found.getMetadata().getLabels())
                .map(labels -> labels.getOrDefault(name, ""))
                .orElse("");
    }

    private static String annotation(String secret, String name) {
        return rig.secret(secret)
                .map(found -> found.getMetadata().getAnnotations())
                .map(annotations -> annotations.getOrDefault(name, ""))
                .orElse("");
    }
}
