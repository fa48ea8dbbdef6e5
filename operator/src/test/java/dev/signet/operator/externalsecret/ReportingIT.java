package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.StatusCondition;
import dev.signet.operator.rig.Rig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of a sync: conditions, events, printer columns, metrics. */
class ReportingIT {

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
    void tellsWhatHappenedByEvents() {
        scene.store("eventful", "[{key: a, value: '1'}, {key: b, value: x}]");
        scene.externalSecretOf(
                "eventful",
                "eventful",
                """
                target: {deletionPolicy: Delete}
                data:
                  - {secretKey: a, remoteRef: {key: a}}
                  - {secretKey: b, remoteRef: {key: b}}
                """);
        rig.awaitData("eventful", Map.of("a", "1", "b", "x"));
        scene.store("eventful", "[{key: a, value: '2'}]");
        rig.awaitData("eventful", Map.of("a", "2"));
        scene.store("eventful", "[{key: other, value: x}]");
        rig.await(() -> rig.secret("eventful").isEmpty());

        assertThat(rig.awaitReady("eventful").reason()).isEqualTo("SecretDeleted");
        awaitEvents(
                "eventful",
                "external-secrets Normal Created: secret created",
                "external-secrets Normal Updated: secret updated",
                "external-secrets Normal MissingProviderSecret: secret does not exist at provider using spec.data[1] (key=b)",
                "external-secrets Normal MissingProviderSecret: secret does not exist at provider using spec.data[0] (key=a)",
                "external-secrets Normal Deleted: secret deleted due to DeletionPolicy=Delete");
        awaitEvents("eventful", "secret-store Normal Valid: store validated");
    }

    @Test
    void tellsOfFailuresByWarnings() {
        scene.externalSecretOf(
                "failing", "fake", "data: [{secretKey: a, remoteRef: {key: nothing}}]");
        rig.awaitNotReady("failing");
        scene.externalSecret("orphaning", "fake", "target: {name: orphan-1}");
        rig.awaitData("orphan-1", ONE);
        scene.externalSecret("orphaning", "fake", "target: {name: orphan-2}");
        rig.await(() -> rig.secret("orphan-1").isEmpty());

        awaitEvents(
                "failing",
                "external-secrets Warning UpdateFailed: could not get secret data from provider: error processing spec.data[0] (key: nothing), err: Secret does not exist: nothing");
        awaitEvents(
                "orphaning",
                "external-secrets Normal Deleted: secret deleted because it was orphaned");
    }

    @Test
    void movesTheTransitionTimeOnlyWhenTheStatusFlips() throws InterruptedException {
        scene.store("flipping", "[{key: a, value: '1'}]");
        scene.externalSecret("flipping", "flipping");
        StatusCondition first = rig.awaitReady("flipping");
        assertThat(first.reason()).isEqualTo("SecretSynced");
        assertThat(Instant.parse(first.lastTransitionTime()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(scene.status("flipping").binding().name()).isEqualTo("flipping");
        Instant refreshed = scene.refreshTime("flipping");
        Thread.sleep(1100);

        rig.forceSync("flipping");
        rig.await(() -> scene.refreshTime("flipping").isAfter(refreshed));
        assertThat(rig.ready("flipping")).contains(first);

        Instant last = scene.refreshTime("flipping");
        String version = scene.status("flipping").syncedResourceVersion();
        scene.store("flipping", "[{key: b, value: '1'}]");
        StatusCondition failed = rig.awaitNotReady("flipping");
        assertThat(failed.lastTransitionTime()).isGreaterThan(first.lastTransitionTime());
        assertThat(scene.refreshTime("flipping")).isEqualTo(last);
        assertThat(scene.status("flipping").syncedResourceVersion()).isEqualTo(version);
        Thread.sleep(1100);

        scene.externalSecretOf(
                "flipping", "flipping", "data: [{secretKey: a, remoteRef: {key: c}}]");
        rig.await(() -> scene.message("flipping").contains("key: c"));
        assertThat(rig.ready("flipping").orElseThrow().lastTransitionTime())
                .isEqualTo(failed.lastTransitionTime());
        assertThat(rig.externalSecret("flipping").getStatus().conditions()).hasSize(1);
    }

    @Test
    void fillsThePrinterColumns() throws Exception {
        scene.externalSecret("printed", "fake", "refreshInterval: 1h");
        scene.patch("printed", "{\"spec\":{\"secretStoreRef\":{\"kind\":\"SecretStore\"}}}");
        rig.awaitReady("printed");

        assertThat(cells("externalsecrets", "printed"))
                .startsWith("printed", "SecretStore", "fake", "1h", "SecretSynced", "True")
                .hasSize(7);
        assertThat(cells("secretstores", "fake")).contains("Valid", "ReadWrite", "True");
    }

    @Test
    void countsInMetrics() {
        scene.externalSecret("counted", "fake");
        rig.awaitReady("counted");
        scene.externalSecretOf(
                "counted-failure", "fake", "data: [{secretKey: a, remoteRef: {key: nothing}}]");
        rig.awaitNotReady("counted-failure");
        rig.await(() -> scene.metrics().contains("sync_calls_total{name=\"counted\""));

        String labels = "name=\"%s\",namespace=\"%s\"}";
        String good = labels.formatted("counted", rig.namespace());
        String bad = labels.formatted("counted-failure", rig.namespace());
        assertThat(scene.metrics())
                .contains(
                        "externalsecret_sync_calls_total{" + good,
                        "externalsecret_sync_calls_error{" + bad,
                        "externalsecret_reconcile_duration{" + good,
                        "secretstore_reconcile_duration{"
                                + labels.formatted("fake", rig.namespace()))
                .containsPattern(
                        "externalsecret_status_condition\\{condition=\"Ready\",name=\"counted\","
                                + "namespace=\"[^\"]*\",status=\"True\"\\} 1")
                .containsPattern(
                        "externalsecret_status_condition\\{condition=\"Ready\",name=\"counted-failure\","
                                + "namespace=\"[^\"]*\",status=\"False\"\\} 1")
                .containsPattern(
                        "secretstore_status_condition\\{condition=\"Ready\",name=\"fake\","
                                + "namespace=\"[^\"]*\",status=\"True\"\\} 1");

        scene.at("counted").delete();
        rig.await(() -> !scene.metrics().contains("{" + good));
    }

    private static void awaitEvents(String about, String... expected) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(scene.events(about)).contains(expected));
    }

    private static List<String> cells(String plural, String name) throws Exception {
        var http = rig.client().getHttpClient();
        var request =
                http.newHttpRequestBuilder()
                        .uri(
                                "%sapis/external-secrets.io/v1/namespaces/%s/%s/%s"
                                        .formatted(
                                                rig.client().getMasterUrl(),
                                                rig.namespace(),
                                                plural,
                                                name))
                        .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                        .build();
        String body = http.sendAsync(request, String.class).get(1, TimeUnit.MINUTES).body();
        List<String> cells = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(body).at("/rows/0/cells")) {
            cells.add(cell.asText());
        }
        return cells;
    }
}
