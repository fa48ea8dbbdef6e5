package dev.signet.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.operator.observe.HttpEndpoints.Listener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEndpointsTest {

    private static final MetricsSource SOURCE =
            out -> out.write("some_metric 1\n".getBytes(StandardCharsets.UTF_8));

    private final AtomicBoolean started = new AtomicBoolean(true);
    private final AtomicBoolean synced = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();
    private final Heartbeats hearts = new Heartbeats(Duration.ofSeconds(30), nanos::get);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Health health =
            new Health() {
                @Override
                public boolean started() {
                    return started.get();
                }

                @Override
                public boolean cachesSynced() {
                    return synced.get();
                }
            };
    private HttpEndpoints endpoints = start("127.0.0.1:0", "localhost:0", SOURCE);

    private HttpEndpoints start(String metrics, String live, MetricsSource source) {
        return HttpEndpoints.start(
                new Listener("--metrics-addr", BindAddress.parse(metrics)),
                new Listener("--live-addr", BindAddress.parse(live)),
                source,
                health,
                hearts);
    }

    private void restart(String metrics, String live, MetricsSource source) {
        endpoints.close();
        endpoints = start(metrics, live, source);
    }

    @AfterEach
    void close() {
        endpoints.close();
        client.close();
    }

    private HttpResponse<String> get(Optional<InetSocketAddress> server, String path)
            throws IOException, InterruptedException {
        return client.send(request(server, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Optional<InetSocketAddress> server, String path) {
        int port = server.orElseThrow().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Test
    void servesMetricsAsPrometheusText() throws Exception {
        HttpResponse<String> response = get(endpoints.metricsAddress(), "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("some_metric 1\n");
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void packsMetricsWhenAsked() throws Exception {
        HttpRequest request =
                request(endpoints.metricsAddress(), "/metrics")
                        .header("Accept-Encoding", "gzip")
                        .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(in.readAllBytes()).asString().isEqualTo("some_metric 1\n");
        }
    }

    @Test
    void scrapeThatFailsHalfWayIsNotTakenForAWholeOne() {
        restart(
                "127.0.0.1:0",
                "0",
                out -> {
                    out.write("some_metric 1\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    throw new IOException("broken");
                });

        assertThatThrownBy(() -> get(endpoints.metricsAddress(), "/metrics"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void separateAddressesServeOnlyTheirOwnPaths() throws Exception {
        assertThat(get(endpoints.metricsAddress(), "/healthz").statusCode()).isEqualTo(404);
        assertThat(get(endpoints.healthAddress(), "/metrics").statusCode()).isEqualTo(404);
        assertThat(get(endpoints.healthAddress(), "/healthz/x").statusCode()).isEqualTo(404);
        assertThat(get(endpoints.healthAddress(), "/healthzz").statusCode()).isEqualTo(404);
    }

    @Test
    void equalAddressesShareOneServer() throws Exception {
        restart("127.0.0.1:0", "127.0.0.1:0", SOURCE);

        assertThat(endpoints.metricsAddress()).isEqualTo(endpoints.healthAddress());
        assertThat(get(endpoints.metricsAddress(), "/metrics").statusCode()).isEqualTo(200);
        assertThat(get(endpoints.metricsAddress(), "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void turnedOffAddressesServeNothing() {
        restart("0", "0", SOURCE);

        assertThat(endpoints.metricsAddress()).isEmpty();
        assertThat(endpoints.healthAddress()).isEmpty();
    }

    @Test
    void isReadyOnceStartedAndSynced() throws Exception {
        started.set(false);
        assertThat(get(endpoints.healthAddress(), "/readyz").body()).contains("not started");
        started.set(true);
        synced.set(false);
        HttpResponse<String> unsynced = get(endpoints.healthAddress(), "/readyz");
        assertThat(unsynced.statusCode()).isEqualTo(503);
        assertThat(unsynced.body()).contains("caches");
        synced.set(true);

        HttpResponse<String> ready = get(endpoints.healthAddress(), "/readyz");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ok\n");
    }

    @Test
    void isAliveWhileTheHeartBeats() throws Exception {
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(get(endpoints.healthAddress(), "/healthz").statusCode()).isEqualTo(200);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        HttpResponse<String> dead = get(endpoints.healthAddress(), "/healthz");
        assertThat(dead.statusCode()).isEqualTo(503);
        assertThat(dead.body()).contains("no heartbeat of the queue for 31 s");

        hearts.beat(Heartbeats.Part.QUEUE);
        assertThat(get(endpoints.healthAddress(), "/healthz").body())
                .contains("no heartbeat of the watch for 31 s");
        hearts.beat(Heartbeats.Part.WATCH);
        assertThat(get(endpoints.healthAddress(), "/healthz").body())
                .contains("no heartbeat of the unsealing for 31 s");
        hearts.beat(Heartbeats.Part.UNSEALING);
        assertThat(get(endpoints.healthAddress(), "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void answersHeadButNoOtherMethod() throws Exception {
        HttpRequest.Builder head = request(endpoints.metricsAddress(), "/metrics").HEAD();
        HttpRequest.Builder post =
                request(endpoints.healthAddress(), "/healthz").POST(BodyPublishers.ofString("x"));

        assertThat(client.send(head.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(client.send(post.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void portInUseIsToldInOneLineWithFlagAddressAndRemedy() {
        String taken = "127.0.0.1:" + endpoints.metricsAddress().orElseThrow().getPort();

        assertThatThrownBy(() -> start("0", taken, SOURCE))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessage(
                        "cannot listen on "
                                + taken
                                + " (--live-addr): the port is in use; end what listens there or"
                                + " choose another port; --live-addr=0 turns it off");
    }

    @Test
    void failedSecondAddressFreesTheFirst() {
        int port = endpoints.healthAddress().orElseThrow().getPort();
        endpoints.close();
        String free = "127.0.0.1:" + port;

        assertThatThrownBy(() -> start(free, "192.0.2.1:1", SOURCE))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessageContaining("not an address of this machine");
        restart(free, "0", SOURCE);

        assertThat(endpoints.metricsAddress()).isPresent();
    }

    @Test
    void unknownHostIsToldAsSuch() {
        assertThatThrownBy(() -> start("no-such-host.invalid:80", "0", SOURCE))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessageContaining("the host is not known");
    }
}
