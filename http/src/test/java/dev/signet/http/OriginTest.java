package dev.signet.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OriginTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void oneConnectionServesManyCalls() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("hello")));
                Origin origin = origin(server, LONG)) {
            for (int i = 0; i < 20; i++) {
                HttpAnswer answer = origin.send(get("/v1/x?y=%20z"));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.ok()).isTrue();
                assertThat(new String(answer.body(), UTF_8)).isEqualTo("hello");
                assertThat(answer.field("x-kind")).contains("test");
            }
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(server.requests().getFirst())
                    .startsWith("GET /v1/x?y=%20z HTTP/1.1\n")
                    .contains("Host: " + server.address("localhost").getRawAuthority() + "\n");
        }
    }

    @Test
    void contentAndFieldsArriveAsTheyWereGiven() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")));
                Origin origin = origin(server, LONG)) {
            origin.send(
                    new HttpCall(
                            "PATCH",
                            "/a",
                            List.of(
                                    new HttpField("Content-Type", "text/plain"),
                                    new HttpField("X-Twice", "1"),
                                    new HttpField("X-Twice", "2")),
                            "body".getBytes(UTF_8),
                            100));
            origin.send(new HttpCall("POST", "/b", List.of(), new byte[0], 100));
            assertThat(server.requests().getFirst())
                    .contains("Content-Type: text/plain\nX-Twice: 1\nX-Twice: 2\n")
                    .contains("Content-Length: 4\n")
                    .doesNotContain("Expect")
                    .endsWith("\nbody");
            assertThat(server.requests().get(1)).contains("Content-Length: 0\n");
        }
    }

    @Test
    void readIsMadeAgainWhereItsKeptConnectionTurnsOutToBeDead() throws Exception {
        try (Server server = Server.plain(endingAfterFirst());
                Origin origin = origin(server, LONG)) {
            origin.send(get("/first"));
            assertThat(origin.send(get("/second")).status()).isEqualTo(200);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void writeIsNotMadeTwice() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (Server server =
                        Server.plain((line, out) -> {
                            if (line.startsWith("GET")) {
                                return Server.say(out, Server.ok(""));
                            }
                            second.countDown();
                            return false;
                        });
                Origin origin = origin(server, LONG)) {
            origin.send(get("/first"));
            assertThatThrownBy(() -> origin.send(post("/second")))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void connectionThatTheServerEndsIsNotUsedAgain() throws Exception {
        String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        try (Server server = Server.plain((_, out) -> Server.say(out, closing));
                Origin origin = origin(server, LONG)) {
            origin.send(post("/first"));
            origin.send(post("/second"));
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void answerMayBeAsLargeAsTheCallAllowsAndNoLarger() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n0\r\n\r\n";
        try (Server server =
                        Server.plain((line, out) ->
                                Server.say(
                                        out,
                                        line.contains("chunked") ? chunked : Server.ok("abcdef")));
                Origin origin = origin(server, LONG)) {
            for (String way : List.of("/chunked", "/sized")) {
                assertThat(origin.send(get(way, 6)).body()).hasSize(6);
                assertThatThrownBy(() -> origin.send(get(way, 5)))
                        .isInstanceOf(AnswerTooLargeException.class)
                        .hasMessageNotContaining("abc");
            }
        }
    }

    @Test
    void answerThatDripsEndsWithTheCallsPatience() throws Exception {
        try (Server server =
                        Server.plain((_, out) -> {
                            Server.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n");
                            while (true) {
                                Server.say(out, "x");
                                Thread.sleep(100);
                            }
                        });
                Origin origin = origin(server, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> origin.send(get("/")))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void silentServerIsLeftAfterTheCallsPatience() throws Exception {
        try (Server server =
                        Server.plain((_, _) -> {
                            Thread.sleep(60_000);
                            return false;
                        });
                Origin origin = origin(server, Duration.ofMillis(500))) {
            assertThatThrownBy(() -> origin.send(get("/")))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void answerThatIsNoHttpIsNotQuoted() throws Exception {
        for (String odd :
                List.of(
                        "canary canary canary\r\n\r\n",
                        "HTTP/1.1 200 OK\r\ncanary\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n")) {
            try (Server server =
                            Server.plain((_, out) -> {
                                Server.say(out, odd);
                                return false;
                            });
                    Origin origin = origin(server, LONG)) {
                assertThatThrownBy(() -> origin.send(post("/")))
                        .isInstanceOf(ProtocolException.class)
                        .hasNoCause()
                        .hasMessageNotContaining("canary");
            }
        }
    }

    @Test
    void answerThatBreaksOffIsNoAnswer() throws Exception {
        try (Server server =
                        Server.plain((_, out) -> {
                            Server.say(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                            return false;
                        });
                Origin origin = origin(server, LONG)) {
            assertThatThrownBy(() -> origin.send(post("/"))).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void interruptionEndsTheCall() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Server server =
                        Server.plain((_, _) -> {
                            asked.countDown();
                            Thread.sleep(60_000);
                            return false;
                        });
                Origin origin = origin(server, LONG)) {
            AtomicReference<Exception> end = new AtomicReference<>();
            Thread caller = Thread.ofVirtual().start(() -> end.set(failure(origin)));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closingEndsCallsUnderWayAndRefusesOthers() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Server server =
                Server.plain((_, _) -> {
                    asked.countDown();
                    Thread.sleep(60_000);
                    return false;
                })) {
            Origin origin = origin(server, LONG);
            CompletableFuture<Exception> end = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> end.complete(failure(origin)));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            origin.close();
            assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> origin.send(get("/"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void callsBeyondTheConnectionsWaitForTheirTurn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Server server =
                        Server.plain((_, out) -> {
                            go.await();
                            return Server.say(out, Server.ok(""));
                        });
                Origin origin =
                        new Origin(
                                server.address("localhost"),
                                new OriginSettings(
                                        LONG,
                                        LONG,
                                        2,
                                        null,
                                        OriginSettings.DIRECT,
                                        Reach.ANYWHERE))) {
            List<CompletableFuture<Exception>> ends =
                    IntStream.range(0, 6)
                            .mapToObj(_ -> new CompletableFuture<Exception>())
                            .toList();
            ends.forEach(end -> Thread.ofVirtual().start(() -> end.complete(failure(origin))));
            go.countDown();
            for (CompletableFuture<Exception> end : ends) {
                assertThat(end.get(10, TimeUnit.SECONDS)).isNull();
            }
            assertThat(server.accepted()).isLessThanOrEqualTo(2);
            assertThat(server.requests()).hasSize(6);
        }
    }

    @Test
    void nobodyAtTheAddressIsSaidAsSuch() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        try (Origin origin =
                new Origin(
                        URI.create("http://127.0.0.1:" + free),
                        new OriginSettings(
                                LONG, LONG, 1, null, OriginSettings.DIRECT, Reach.ANYWHERE))) {
            assertThatThrownBy(() -> origin.send(get("/"))).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void proxyIsAskedForTheConnection() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("far")));
                ConnectProxy proxy = new ConnectProxy(server.address("localhost").getPort());
                Origin origin =
                        new Origin(
                                URI.create("http://far.example:8200"),
                                new OriginSettings(
                                        LONG,
                                        LONG,
                                        4,
                                        null,
                                        ProxySelector.of(proxy.address()),
                                        Reach.ANYWHERE))) {
            assertThat(new String(origin.send(get("/")).body(), UTF_8)).isEqualTo("far");
            assertThat(proxy.asked()).containsExactly("CONNECT far.example:8200 HTTP/1.1");
            assertThat(server.requests().getFirst()).contains("Host: far.example:8200\n");
        }
    }

    @Test
    void fieldsThatHttpDoesNotAllowAreRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> new HttpField("X-Vault-Token", "canary\r\nHost: evil"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Vault-Token")
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> new HttpField("Bad Name", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new HttpField("Authorization", "canary").toString()).doesNotContain("canary");
    }

    private static Server.Behaviour endingAfterFirst() {
        return (_, out) -> {
            Server.say(out, Server.ok(""));
            return false;
        };
    }

    private static Exception failure(Origin origin) {
        try {
            origin.send(get("/"));
            return null;
        } catch (IOException | InterruptedException e) {
            return e;
        }
    }

    private static Origin origin(Server server, Duration patience) {
        return new Origin(
                server.address("localhost"),
                new OriginSettings(
                        LONG, patience, 16, null, OriginSettings.DIRECT, Reach.ANYWHERE));
    }

    private static HttpCall get(String target) {
        return get(target, 1000);
    }

    private static HttpCall get(String target, int maxAnswer) {
        return new HttpCall("GET", target, List.of(), new byte[0], maxAnswer);
    }

    private static HttpCall post(String target) {
        return new HttpCall("POST", target, List.of(), new byte[] {'x'}, 1000);
    }

    @Test
    void targetIsSentAsItIsOrNotAtAll() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")));
                Origin origin = origin(server, LONG)) {
            origin.send(get("//secrets/k?x=1"));

            assertThat(server.requests().getFirst()).startsWith("GET //secrets/k?x=1 HTTP/1.1\n");
            for (String target : List.of("/a b", "/a\r\nX-Other: 1", "/\u00e9", "/\u007f")) {
                assertThatIllegalArgumentException().isThrownBy(() -> origin.send(get(target)));
            }
            assertThat(server.requests()).hasSize(1);
        }
    }
}
