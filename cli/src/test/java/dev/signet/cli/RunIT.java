package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIT {

    private static final String STORE_AND_EXTERNAL_SECRET =
            """
            apiVersion: external-secrets.io/v1
            kind: SecretStore
            metadata: {name: fake}
            spec: {provider: {fake: {data: [{key: /app, value: s3cr3t}]}}}
            ---
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: app}
            spec:
              secretStoreRef: {name: fake}
              data: [{secretKey: password, remoteRef: {key: /app}}]
            """;

    private static Cluster cluster;

    @TempDir Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        cluster = new Cluster().withCrds();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void servesHealthAndTheMetricsOfExternalSecretsAndEndsWithZeroWhenAsked() {
        String namespace = cluster.plane().api().freshNamespace("run");
        cluster.client()
                .load(
                        new java.io.ByteArrayInputStream(
                                STORE_AND_EXTERNAL_SECRET.getBytes(
                                        java.nio.charset.StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        String metrics = "127.0.0.1:" + freePort();
        int live = freePort();
        Map<String, String> environment =
                Map.of(
                        "KUBECONFIG",
                        cluster.kubeconfig(folder).toString(),
                        "SIGNET_NAMESPACE",
                        namespace,
                        "SIGNET_METRICS_ADDR",
                        metrics,
                        "SIGNET_LIVE_ADDR",
                        ":" + live);
        List<Integer> seen = new ArrayList<>();
        try (SignetProcess process = SignetProcess.start(folder, environment, "run")) {
            process.until(
                    "ready",
                    () -> {
                        int status = status("http://127.0.0.1:" + live + "/readyz");
                        if (status != 0) {
                            seen.add(status);
                        }
                        return status == 200;
                    });
            assertThat(seen).containsOnly(503, 200).first().isEqualTo(503);
            assertThat(status("http://127.0.0.1:" + live + "/healthz")).isEqualTo(200);
            process.until(
                    "synced",
                    () ->
                            body("http://" + metrics + "/metrics")
                                    .contains(
                                            "externalsecret_status_condition{condition=\"Ready\",name=\"app\",namespace=\""
                                                    + namespace
                                                    + "\",status=\"True\"} 1"));
            assertThat(body("http://" + metrics + "/metrics"))
                    .contains("# TYPE externalsecret_sync_calls_total counter")
                    .contains("# TYPE externalsecret_status_condition gauge")
                    .contains("# TYPE externalsecret_reconcile_duration gauge")
                    .contains("# TYPE secretstore_status_condition gauge")
                    .contains("controller_runtime_reconcile_total{")
                    .contains("workqueue_depth{")
                    .doesNotContain("s3cr3t");
            assertThat(status("http://" + metrics + "/readyz")).isEqualTo(404);

            process.signal("TERM");
            SignetProcess.Ended ended = process.await(Duration.ofSeconds(5));

            assertThat(ended.status()).isZero();
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err().lines())
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                    .anyMatch(line -> line.contains("\"msg\":\"operator started\""))
                    .noneMatch(line -> line.contains("\"level\":\"error\""))
                    .last()
                    .asString()
                    .contains("\"msg\":\"operator stopped\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void endsWithZeroOnOtherSignalsToo(String signal) {
        try (SignetProcess process = runQuietly()) {
            process.until("start", () -> process.err().contains("operator started"));

            process.signal(signal);

            assertThat(process.await(Duration.ofSeconds(5)).status()).isZero();
        }
    }

    @Test
    void endsWithZeroWhenAskedWhileItStarts() {
        try (SignetProcess process =
                SignetProcess.start(
                        folder,
                        Map.of("KUBECONFIG", cluster.kubeconfig(folder).toString()),
                        "run",
                        "--metrics-addr=0",
                        "--live-addr=127.0.0.1:" + freePort())) {
            cluster.plane().pauseApiServer();
            try {
                process.until("connect", () -> hasConnection(process));
                process.signal("TERM");

                SignetProcess.Ended ended = process.await(Duration.ofSeconds(6));

                assertThat(ended.status()).isZero();
                assertThat(ended.err()).doesNotContain("Exception");
            } finally {
                cluster.plane().resumeApiServer();
            }
        }
    }

    @Test
    void bothAddressesMayBeTheSame() {
        String address = "127.0.0.1:" + freePort();
        try (SignetProcess process =
                SignetProcess.start(
                        folder,
                        Map.of("KUBECONFIG", cluster.kubeconfig(folder).toString()),
                        "run",
                        "--metrics-addr",
                        address,
                        "--live-addr",
                        address)) {
            process.until("ready", () -> status("http://" + address + "/readyz") == 200);

            assertThat(status("http://" + address + "/metrics")).isEqualTo(200);
        }
    }

    @Test
    void addressZeroServesNothing() {
        try (SignetProcess process = runQuietly()) {
            process.until("start", () -> process.err().contains("operator started"));

            assertThat(listening(process)).isFalse();
        }
    }

    private SignetProcess runQuietly() {
        return SignetProcess.start(
                folder,
                Map.of("KUBECONFIG", cluster.kubeconfig(folder).toString()),
                "run",
                "--metrics-addr=0",
                "--live-addr=0");
    }

    private int status(String uri) {
        try {
            return http.send(request(uri), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notListening) {
            return 0;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String body(String uri) {
        try {
            return http.send(request(uri), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(5)).build();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean listening(SignetProcess process) {
        return Sockets.of(process.handle().pid()).stream().anyMatch(Sockets.State::listens);
    }

    private static boolean hasConnection(SignetProcess process) {
        return Sockets.of(process.handle().pid()).stream()
                .anyMatch(socket -> socket.remotePort() == cluster.plane().server().getPort());
    }
}
