package dev.signet.operator.observe;

import static dev.signet.operator.observe.ObjectKind.CLUSTER_SECRET_STORE;
import static dev.signet.operator.observe.ObjectKind.EXTERNAL_SECRET;
import static dev.signet.operator.observe.ObjectKind.SECRET_STORE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncMetricsTest {

    private final SyncMetrics metrics = new SyncMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private List<String> lines() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.writeTo(out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void countersOfASyncHaveExactlyTheNamesOfExternalSecrets() throws IOException {
        metrics.reconciled(EXTERNAL_SECRET, "ns", "es", Duration.ofMillis(5));
        metrics.reconciled(EXTERNAL_SECRET, "ns", "es", Duration.ofNanos(1234567));
        metrics.syncFailed("ns", "es");

        assertThat(lines())
                .contains(
                        "# TYPE externalsecret_sync_calls_total counter",
                        "externalsecret_sync_calls_total{name=\"es\",namespace=\"ns\"} 2",
                        "# TYPE externalsecret_sync_calls_error counter",
                        "externalsecret_sync_calls_error{name=\"es\",namespace=\"ns\"} 1",
                        "# TYPE externalsecret_reconcile_duration gauge",
                        "externalsecret_reconcile_duration{name=\"es\",namespace=\"ns\"} 1234567")
                .noneMatch(line -> line.contains("sync_calls_error_total"));
    }

    @Test
    void conditionThatTurnsSetsTheOtherStatusToZero() throws IOException {
        metrics.condition(EXTERNAL_SECRET, "ns", "es", "Ready", ConditionStatus.FALSE);
        metrics.condition(EXTERNAL_SECRET, "ns", "es", "Ready", ConditionStatus.TRUE);

        assertThat(lines())
                .contains(
                        "# TYPE externalsecret_status_condition gauge",
                        condition("externalsecret", "es", "ns", "True", 1),
                        condition("externalsecret", "es", "ns", "False", 0))
                .noneMatch(line -> line.contains("Unknown"));
    }

    @Test
    void unknownStatusSetsBothOthersToZero() throws IOException {
        metrics.condition(SECRET_STORE, "ns", "s", "Ready", ConditionStatus.TRUE);
        metrics.condition(SECRET_STORE, "ns", "s", "Ready", ConditionStatus.UNKNOWN);
        assertThat(lines())
                .contains(
                        condition("secretstore", "s", "ns", "True", 0),
                        condition("secretstore", "s", "ns", "False", 0),
                        condition("secretstore", "s", "ns", "Unknown", 1));

        metrics.condition(SECRET_STORE, "ns", "s", "Ready", ConditionStatus.FALSE);
        assertThat(lines())
                .contains(
                        condition("secretstore", "s", "ns", "False", 1),
                        condition("secretstore", "s", "ns", "Unknown", 0));
    }

    @Test
    void conditionsOfDifferentTypesStandSideBySide() throws IOException {
        metrics.condition(EXTERNAL_SECRET, "ns", "es", "Ready", ConditionStatus.TRUE);
        metrics.condition(EXTERNAL_SECRET, "ns", "es", "Stale", ConditionStatus.FALSE);

        assertThat(lines().stream().filter(line -> line.startsWith("externalsecret_status")))
                .hasSize(4);
    }

    @Test
    void clusterScopedObjectsHaveAnEmptyNamespace() throws IOException {
        metrics.condition(CLUSTER_SECRET_STORE, "", "s", "Ready", ConditionStatus.TRUE);
        metrics.reconciled(CLUSTER_SECRET_STORE, "", "s", Duration.ofNanos(7));

        assertThat(lines())
                .contains(
                        condition("clustersecretstore", "s", "", "True", 1),
                        "clustersecretstore_reconcile_duration{name=\"s\",namespace=\"\"} 7");
    }

    @Test
    void removedObjectLeavesNoSeries() throws IOException {
        metrics.reconciled(EXTERNAL_SECRET, "ns", "gone", Duration.ofNanos(1));
        metrics.reconciled(EXTERNAL_SECRET, "ns", "stays", Duration.ofNanos(1));
        metrics.condition(EXTERNAL_SECRET, "ns", "gone", "Ready", ConditionStatus.TRUE);
        metrics.removed(EXTERNAL_SECRET, "ns", "gone");

        assertThat(lines())
                .noneMatch(line -> line.contains("\"gone\""))
                .anyMatch(line -> line.contains("\"stays\""))
                .doesNotContain("# TYPE externalsecret_status_condition gauge");
    }

    @Test
    void providerCallsAreCountedByProviderCallAndStatus() throws IOException {
        metrics.ended("HashiCorp/Vault", "ReadSecretData", true);
        metrics.ended("HashiCorp/Vault", "ReadSecretData", true);
        metrics.ended("HashiCorp/Vault", "Login", false);

        String name = "externalsecret_provider_api_calls_count";
        assertThat(lines())
                .contains(
                        "# TYPE " + name + " counter",
                        name
                                + "{call=\"ReadSecretData\",provider=\"HashiCorp/Vault\",status=\"success\"} 2",
                        name + "{call=\"Login\",provider=\"HashiCorp/Vault\",status=\"error\"} 1");
    }

    @Test
    void madeUpCallsDoNotFillTheMemory() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            metrics.ended("p", "call-" + i, true);
        }
        assertThat(lines().stream().filter(line -> line.contains("api_calls_count{")))
                .hasSizeLessThan(1_010);
    }

    @Test
    void labelValuesAreEscaped() throws IOException {
        metrics.ended("a\\b\"c\nd", "x", true);

        assertThat(lines())
                .contains(
                        "externalsecret_provider_api_calls_count{call=\"x\",provider=\"a\\\\b\\\"c\\nd\",status=\"success\"} 1");
    }

    @Test
    void controllerFiguresAreThoseOfControllerRuntime() throws IOException {
        ControllerMetrics controller = metrics.controller("externalsecret", 5);
        controller.began();
        controller.ended(ReconcileResult.ERROR, Duration.ofMillis(30));
        controller.began();

        String label = "{controller=\"externalsecret\"";
        assertThat(lines())
                .contains(
                        "# TYPE controller_runtime_reconcile_total counter",
                        "controller_runtime_reconcile_total" + label + ",result=\"error\"} 1.0",
                        "controller_runtime_reconcile_total" + label + ",result=\"success\"} 0.0",
                        "controller_runtime_reconcile_total"
                                + label
                                + ",result=\"requeue_after\"} 0.0",
                        "controller_runtime_reconcile_errors_total" + label + "} 1.0",
                        "# TYPE controller_runtime_reconcile_time_seconds histogram",
                        "controller_runtime_reconcile_time_seconds_bucket"
                                + label
                                + ",le=\"0.025\"} 0",
                        "controller_runtime_reconcile_time_seconds_bucket"
                                + label
                                + ",le=\"0.05\"} 1",
                        "controller_runtime_reconcile_time_seconds_bucket"
                                + label
                                + ",le=\"60.0\"} 1",
                        "controller_runtime_active_workers" + label + "} 1.0",
                        "controller_runtime_max_concurrent_reconciles" + label + "} 5.0");
    }

    @Test
    void queueShowsItsDepthAndHowLongKeysWaited() throws IOException {
        Consumer<Duration> waits = metrics.queue("externalsecret", () -> 17);
        waits.accept(Duration.ofMillis(50));

        String label = "{controller=\"externalsecret\",name=\"externalsecret\"";
        assertThat(lines())
                .contains(
                        "workqueue_depth" + label + "} 17.0",
                        "# TYPE workqueue_queue_duration_seconds histogram",
                        "workqueue_queue_duration_seconds_bucket" + label + ",le=\"0.01\"} 0",
                        "workqueue_queue_duration_seconds_bucket" + label + ",le=\"0.1\"} 1",
                        "workqueue_queue_duration_seconds_count" + label + "} 1");
    }

    @Test
    void showsTheJvmAndTheProcess() throws IOException {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("jvm_threads_live_threads "))
                .anyMatch(line -> line.startsWith("process_start_time_seconds "))
                .anyMatch(line -> line.startsWith("process_cpu_seconds_total "))
                .anyMatch(line -> line.startsWith("process_resident_memory_bytes "));
    }

    @Test
    void everyFamilyIsNamedOnceAndEverySampleIsWellFormed() throws IOException {
        metrics.controller("externalsecret", 1).began();
        metrics.queue("externalsecret", () -> 0);
        metrics.reconciled(EXTERNAL_SECRET, "ns", "es", Duration.ofNanos(1));
        metrics.condition(EXTERNAL_SECRET, "ns", "es", "Ready", ConditionStatus.TRUE);
        metrics.ended("p", "c", true);

        List<String> lines = lines();

        assertThat(lines.stream().filter(line -> line.startsWith("# TYPE")))
                .doesNotHaveDuplicates();
        assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{.*})? (-?[0-9.E+-]+|NaN|\\+Inf)"));
    }

    private static String condition(
            String kind, String name, String namespace, String status, int value) {
        return kind
                + "_status_condition{condition=\"Ready\",name=\""
                + name
                + "\",namespace=\""
                + namespace
                + "\",status=\""
                + status
                + "\"} "
                + value;
    }
}
