package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String BODY = "0123456789".repeat(10_000);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private FaultProxy proxy;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    byte[] answer = body.length > 0 ? body : BODY.getBytes(StandardCharsets.UTF_8);
                    boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
                    exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        proxy =
                FaultProxy.before(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "");
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        client.close();
        proxy.close();
        server.stop(0);
    }

    @Test
    void passesBodiesBothWays() throws Exception {
        assertThat(get("/").body()).isEqualTo(BODY);
        assertThat(get("/chunked").body()).isEqualTo(BODY);
        assertThat(send("PUT", "/", BODY).body()).isEqualTo(BODY);
        assertThat(get("/").body()).isEqualTo(BODY);

        assertThat(proxy.count(ProxiedRequest::writes)).isOne();
        assertThat(proxy.count(request -> request.on("/chunked"))).isOne();
    }

    @Test
    void answersInTheServersPlaceAsOftenAsTold() throws Exception {
        Fault fault = new Fault.Answer(429, Map.of("Retry-After", "3"), "slow down");
        FaultRule rule = proxy.add(FaultRule.of(ProxiedRequest::writes, fault).atMost(2));

        HttpResponse<String> refused = send("POST", "/", "x");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).contains("3");
        assertThat(refused.body()).isEqualTo("slow down");
        assertThat(get("/").statusCode()).isEqualTo(200);
        assertThat(send("POST", "/", "x").statusCode()).isEqualTo(429);
        assertThat(send("POST", "/", "x").statusCode()).isEqualTo(200);
        assertThat(rule.hits()).isEqualTo(2);
        assertThat(asked).hasValue(2);
    }

    @Test
    void strikesAtRandomAsTheSeedSays() throws Exception {
        FaultRule rule =
                proxy.add(
                        FaultRule.of(request -> true, Fault.html(503))
                                .withChance(0.5, new Random(7)));

        for (int i = 0; i < 40; i++) {
            get("/");
        }

        Random same = new Random(7);
        assertThat(rule.hits())
                .isEqualTo(
                        (int) IntStream.range(0, 40).filter(i -> same.nextDouble() < 0.5).count());
    }

    @Test
    void cutsBeforeTheServerSeesTheRequest() {
        proxy.add(request -> true, new Fault.CutBefore());

        assertThatThrownBy(() -> send("POST", "/", "x")).isInstanceOf(IOException.class);

        assertThat(asked).hasValue(0);
    }

    @Test
    void cutsAfterTheServerHasDoneIt() {
        proxy.add(request -> true, new Fault.CutAfter());

        assertThatThrownBy(() -> send("POST", "/", "x")).isInstanceOf(IOException.class);

        assertThat(asked).hasValue(1);
    }

    @Test
    void cutsInsideTheBody() {
        proxy.add(request -> true, new Fault.CutInside(1000));

        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get("/chunked")).isInstanceOf(IOException.class);
    }

    @Test
    void isSilentAndLetsOthersPass() throws Exception {
        proxy.add(request -> request.on("/silent"), new Fault.Silence());
        proxy.add(request -> request.on("/late"), new Fault.Late(Duration.ofMillis(200)));

        assertThatThrownBy(() -> getInVain("/silent")).isInstanceOf(HttpTimeoutException.class);

        long begun = System.nanoTime();
        assertThat(get("/late").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(200));
        assertThat(asked).hasValue(1);
    }

    @Test
    void deadConnectionsStayDeadWhileNewOnesWork() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(200);
        proxy.killConnections();

        assertThatThrownBy(() -> getInVain("/")).isInstanceOf(HttpTimeoutException.class);

        try (HttpClient other = HttpClient.newHttpClient()) {
            assertThat(
                            other.send(request("GET", "/", "", PATIENCE), BodyHandlers.ofString())
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nothingWorksWhileItIsSilent() throws Exception {
        proxy.silence(true);

        assertThatThrownBy(() -> getInVain("/")).isInstanceOf(HttpTimeoutException.class);

        proxy.silence(false);
        try (HttpClient other = HttpClient.newHttpClient()) {
            assertThat(
                            other.send(request("GET", "/", "", PATIENCE), BodyHandlers.ofString())
                                    .statusCode())
                    .isEqualTo(200);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void watchesOfAnApiServerComeThroughUntilTheyAreCut() throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        String maps = "/api/v1/namespaces/" + SharedControlPlane.freshNamespace() + "/configmaps";
        try (FaultProxy api = FaultProxy.before(plane)) {
            api.lookFor("\"over-http\"");
            HttpRequest watch =
                    HttpRequest.newBuilder(api.address().resolve(maps + "?watch=true"))
                            .header("Authorization", "Bearer " + plane.adminToken())
                            .build();
            HttpResponse<InputStream> events = client.send(watch, BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                plane.api().create(maps, Map.of("metadata", Map.of("name", "over-http")));
                assertThat(lines.readLine()).contains("ADDED").contains("over-http");
                assertThat(api.sightings("\"over-http\"")).isOne();

                api.cutConnections();

                assertThatThrownBy(lines::readLine).isInstanceOf(IOException.class);
            }
            assertThat(api.count(ProxiedRequest::watches)).isOne();
        }
    }

    @Test
    void watchesOverWebSocketComeThrough() throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        String maps = "/api/v1/namespaces/" + SharedControlPlane.freshNamespace() + "/configmaps";
        LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
        try (FaultProxy api = FaultProxy.before(plane);
                HttpClient sockets = HttpClient.newHttpClient()) {
            WebSocket socket =
                    sockets.newWebSocketBuilder()
                            .header("Authorization", "Bearer " + plane.adminToken())
                            .header("Origin", api.address().toString())
                            .buildAsync(
                                    URI.create(
                                            "ws://127.0.0.1:"
                                                    + api.address().getPort()
                                                    + maps
                                                    + "?watch=true"),
                                    new WebSocket.Listener() {
                                        @Override
                                        public CompletionStage<?> onText(
                                                WebSocket from, CharSequence text, boolean last) {
                                            frames.add(text.toString());
                                            return WebSocket.Listener.super.onText(
                                                    from, text, last);
                                        }
                                    })
                            .get(1, TimeUnit.MINUTES);

            plane.api().create(maps, Map.of("metadata", Map.of("name", "over-socket")));

            assertThat(frames.poll(1, TimeUnit.MINUTES)).contains("over-socket");
            socket.abort();
        }
    }

    @Test
    void relayLosesConnectionsOfTlsServers() throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        try (FaultRelay relay = FaultRelay.before(plane.server())) {
            JsonHttp through = JsonHttp.to(relay.address(), plane.caCertificate());
            assertThat(through.send("GET", "/readyz", null, "").ok()).isTrue();
            assertThat(relay.connections()).isOne();

            relay.cutConnections();

            assertThat(through.send("GET", "/readyz", null, "").ok()).isTrue();
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, "");
    }

    /** A request that is expected to get no answer, and so does not wait long for one. */
    private HttpResponse<String> getInVain(String path) throws Exception {
        return client.send(
                request("GET", path, "", Duration.ofMillis(300)), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body, PATIENCE), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, Duration patience) {
        return HttpRequest.newBuilder(proxy.address().resolve(path))
                .timeout(patience)
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }
}
