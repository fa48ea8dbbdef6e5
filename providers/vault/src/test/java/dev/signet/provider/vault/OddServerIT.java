package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers over real connections that a healthy server would not give. */
class OddServerIT {

    private static final String CANARY = "c4n4ry-v4lue";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<HttpHandler> handler = new AtomicReference<>();
    private HttpServer server;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                    handler.get().handle(exchange);
                });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(int status, String body, Map<String, String> headers) {
        handler.set(exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            send(exchange, status, body);
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Fixture session() {
        return Fixture.of(Specs.at(address).token(), Fixture.tokenSecret("t0ken-" + CANARY));
    }

    private Fixture appRole() {
        return Fixture.of(
                Specs.at(address).appRole("role"),
                new FakeReferences().secret("approle/secret-id", "s3cret-" + CANARY));
    }

    @Test
    void answerThatIsCutOffIsUnavailable() throws Exception {
        handler.set(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody()
                    .write(
                            ("{\"data\":{\"data\":{\"k\":\"" + CANARY)
                                    .getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            server.stop(0);
        });
        try (Fixture session = session()) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(Outcomes.reason(outcome)).doesNotContain(CANARY).doesNotContain("\n");
        }
    }

    @Test
    void pageOfAProxyIsNeitherMissingNorFound() throws Exception {
        try (Fixture session = session();
                Fixture login = appRole()) {
            for (int status : List.of(200, 404, 502)) {
                answers(status, "<html>" + CANARY + "</html>", Map.of("Content-Type", "text/html"));
                for (ReadOutcome<?> outcome :
                        List.of(
                                session.read("app"),
                                session.client.find(new FindQuery("", ".", Map.of())),
                                login.read("app"))) {
                    assertThat(outcome)
                            .isNotInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.Missing.class);
                    assertThat(Outcomes.reason(outcome)).doesNotContain(CANARY);
                }
            }
        }
    }

    @Test
    void redirectIsNotFollowedWithTheToken() throws Exception {
        answers(307, "", Map.of("Location", "http://127.0.0.1:1/v1/secret/data/app"));
        try (Fixture session = session()) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(Outcomes.reason(outcome)).contains("redirects elsewhere (307)");
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void pauseThatTheServerAsksForIsPassedOnAndNotShortened() throws Exception {
        answers(429, "{\"errors\":[\"slow down\"]}", Map.of("Retry-After", "30"));
        try (Fixture session =
                Fixture.of(
                        Specs.at(address).token(),
                        Fixture.tokenSecret("t"),
                        new RetrySettings(5, Duration.ofMillis(10)))) {
            assertThat(session.read("app"))
                    .isInstanceOfSatisfying(
                            ReadOutcome.Unavailable.class,
                            u ->
                                    assertThat((Object) u.retryAfter())
                                            .isEqualTo(Optional.of(Duration.ofSeconds(30))));
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void retriesEndWithTheFirstAnswer() throws Exception {
        AtomicInteger count = new AtomicInteger();
        handler.set(exchange -> {
            if (count.incrementAndGet() < 3) {
                send(exchange, 500, "{\"errors\":[]}");
            } else {
                send(exchange, 200, "{\"data\":{\"data\":{\"k\":\"v\"}}}");
            }
        });
        try (Fixture session =
                Fixture.of(
                        Specs.at(address).token(),
                        Fixture.tokenSecret("t"),
                        new RetrySettings(5, Duration.ofMillis(10)))) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
            assertThat(session.calls)
                    .containsExactly(
                            "ReadSecretData failed", "ReadSecretData failed", "ReadSecretData");
        }
    }

    @Test
    void hugeAnswerIsRefused() throws Exception {
        byte[] chunk = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        handler.set(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException hungUp) {
                asked.add("hung up");
            }
            exchange.close();
        });
        try (Fixture session = session();
                Fixture login = appRole()) {
            assertThat(Outcomes.reason(session.read("app"))).contains("larger than 2 MiB");
            assertThat(login.read("app"))
                    .isNotInstanceOfAny(ReadOutcome.Found.class, ReadOutcome.Missing.class);
        }
    }

    @Test
    void answerOfManySmallPartsIsNoJsonOfVaults() throws Exception {
        answers(200, "{\"data\":{\"data\":{\"k\":[1" + ",1".repeat(250_000) + "]}}}", Map.of());
        try (Fixture session = session()) {
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
        }
    }

    @Test
    void listingMayBeLargerThanASecret() throws Exception {
        String name = "n".repeat(60);
        StringBuilder names = new StringBuilder("\"first\"");
        for (int i = 0; i < 50_000; i++) {
            names.append(",\"").append(name).append(i).append('"');
        }
        answers(200, "{\"data\":{\"keys\":[" + names + "]}}", Map.of());
        try (Fixture session = session()) {
            assertThat(session.client.find(new FindQuery("", "^none$", Map.of())))
                    .isEqualTo(new ReadOutcome.Found<>(Map.of()));
        }
    }

    @Test
    void treeWithoutAnEndIsGivenUp() throws Exception {
        for (String keys : List.of("\"a/\"", "\"a/\",\"b/\",\"c/\",\"d/\",\"e/\",\"f/\",\"g/\"")) {
            answers(200, "{\"data\":{\"keys\":[" + keys + "]}}", Map.of());
            try (Fixture session = session()) {
                ReadOutcome<?> outcome = session.client.find(new FindQuery("", ".", Map.of()));

                assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
                assertThat(Outcomes.reason(outcome)).contains("too large to search");
            }
        }
    }

    @Test
    void moreNamesThanASearchHoldsAreGivenUp() throws Exception {
        String names = "\"n\"" + ",\"n\"".repeat(60_000);
        handler.set(exchange -> {
            boolean top = exchange.getRequestURI().getPath().endsWith("/metadata/");
            send(exchange, 200, "{\"data\":{\"keys\":[" + (top ? "\"a/\",\"b/\"" : names) + "]}}");
        });
        try (Fixture session = session()) {
            ReadOutcome<?> outcome = session.client.find(new FindQuery("", ".", Map.of()));

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome)).contains("too large to search");
        }
    }

    @Test
    void valuesThatAreTooMuchTogetherAreRefused() throws Exception {
        String body = "{\"data\":{\"data\":{\"k\":\"" + "v".repeat(2_000_000) + "\"}}}";
        answers(200, body, Map.of());
        Set<RemoteRef> refs =
                IntStream.range(0, 20)
                        .mapToObj(i -> RemoteRef.of("app" + i, "k"))
                        .collect(Collectors.toSet());
        try (Fixture session = session()) {
            var outcomes = session.client.read(refs);

            assertThat(outcomes).hasSize(20);
            assertThat(outcomes.values())
                    .filteredOn(ReadOutcome.Found.class::isInstance)
                    .hasSize(16);
            assertThat(outcomes.values())
                    .filteredOn(ReadOutcome.Invalid.class::isInstance)
                    .hasSize(4);
        }
    }

    @Test
    void folderWithoutAListOfKeysIsNotEmpty() throws Exception {
        for (String body :
                List.of(
                        "{}",
                        "{\"data\":null}",
                        "{\"data\":{}}",
                        "{\"data\":{\"keys\":\"\"}}",
                        "{\"data\":{\"keys\":[1]}}")) {
            answers(200, body, Map.of());
            try (Fixture session = session()) {
                ReadOutcome<?> outcome = session.client.find(new FindQuery("", ".", Map.of()));

                assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
                assertThat(Outcomes.reason(outcome)).contains("without a list of keys");
            }
        }
    }

    @Test
    void expressionThatWouldEatTheMemoryIsRefusedBeforeAnythingIsAsked() throws Exception {
        try (Fixture session = session()) {
            assertThat(session.client.find(new FindQuery("", "((a{1000}){1000}){1000}", Map.of())))
                    .isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void leaseBeyondAllReasonBreaksNothing() throws Exception {
        handler.set(exchange ->
                send(
                        exchange,
                        200,
                        exchange.getRequestURI().getPath().endsWith("/login")
                                ? "{\"auth\":{\"client_token\":\"t\",\"lease_duration\":9000000000000000000}}"
                                : "{\"data\":{\"data\":{\"k\":\"v\"}}}"));
        try (Fixture session = appRole()) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
        }
    }

    @Test
    void interruptedReaderStopsAtOnceAndOthersGoOn() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        handler.set(exchange -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            send(
                    exchange,
                    200,
                    exchange.getRequestURI().getPath().endsWith("/login")
                            ? "{\"auth\":{\"client_token\":\"t\",\"lease_duration\":600}}"
                            : "{\"data\":{\"data\":{\"k\":\"v\"}}}");
        });
        try (Fixture session = appRole()) {
            AtomicReference<Object> first = new AtomicReference<>();
            AtomicReference<Object> second = new AtomicReference<>();
            Thread impatient = reader(session, first);
            Thread patient = reader(session, second);
            while (asked.isEmpty()) {
                Thread.sleep(5);
            }
            impatient.interrupt();
            assertThat(impatient.join(Duration.ofSeconds(30))).isTrue();
            assertThat(first.get()).isInstanceOf(InterruptedException.class);

            hold.countDown();
            assertThat(patient.join(Duration.ofSeconds(30))).isTrue();
            assertThat(second.get()).isEqualTo("v");
            assertThat(asked).filteredOn(line -> line.contains("login")).hasSize(1);
        }
    }

    @Test
    void interruptedReadIsNoOutcome() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        handler.set(exchange -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            send(exchange, 200, "{}");
        });
        try (Fixture session = session()) {
            AtomicReference<Object> end = new AtomicReference<>();
            Thread reading = reader(session, end);
            while (asked.isEmpty()) {
                Thread.sleep(5);
            }
            reading.interrupt();
            assertThat(reading.join(Duration.ofSeconds(30))).isTrue();
            assertThat(end.get()).isInstanceOf(InterruptedException.class);
        } finally {
            hold.countDown();
        }
    }

    @Test
    void closingDoesNotWaitLongForAServerThatHangs() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        handler.set(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/revoke-self")) {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            send(
                    exchange,
                    200,
                    exchange.getRequestURI().getPath().endsWith("/login")
                            ? "{\"auth\":{\"client_token\":\"t\",\"lease_duration\":600}}"
                            : "{\"data\":{\"data\":{\"k\":\"v\"}}}");
        });
        Fixture session = appRole();
        assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
        Instant start = Instant.now();

        session.close();

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(12));
        assertThat(asked).contains("POST /v1/auth/token/revoke-self");
        hold.countDown();
    }

    @Test
    void tokenThatStillServesOutlastsAFailingLoginWithoutHammering() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        handler.set(exchange -> {
            boolean login = exchange.getRequestURI().getPath().endsWith("/login");
            if (login && logins.incrementAndGet() > 1) {
                send(exchange, 500, "{\"errors\":[]}");
            } else if (login) {
                send(exchange, 200, "{\"auth\":{\"client_token\":\"t\",\"lease_duration\":600}}");
            } else {
                send(exchange, 200, "{\"data\":{\"data\":{\"k\":\"v\"}}}");
            }
        });
        StillClock clock = new StillClock();
        try (Fixture session =
                Fixture.of(
                        Specs.at(address).appRole("role"),
                        new FakeReferences().secret("approle/secret-id", "s"),
                        clock)) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
            clock.forward(Duration.ofSeconds(450));
            // The first read begins another login, which fails beside it.
            for (int i = 0; i < 3_000 && logins.get() < 2; i++) {
                assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
                Thread.sleep(10);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
                Thread.sleep(10);
            }
            assertThat(logins).hasValue(2);

            clock.forward(Duration.ofSeconds(200));
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
        }
    }

    @Test
    void pathInFrontOfTheApiAndHeadersOfTheStoreAreSent() throws Exception {
        AtomicReference<Map<String, List<String>>> headers = new AtomicReference<>();
        handler.set(exchange -> {
            headers.set(Map.copyOf(exchange.getRequestHeaders()));
            send(exchange, 200, "{\"data\":{\"data\":{\"k\":\"v\"}}}");
        });
        try (Fixture session =
                Fixture.of(
                        Specs.at(address + "/gate/")
                                .headers(Map.of("X-Team", "blue"))
                                .namespace("ns1")
                                .token(),
                        Fixture.tokenSecret("tok"))) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
        }
        assertThat(asked).containsExactly("GET /gate/v1/secret/data/app");
        assertThat(headers.get())
                .containsEntry("X-team", List.of("blue"))
                .containsEntry("X-vault-namespace", List.of("ns1"))
                .containsEntry("X-vault-request", List.of("true"))
                .containsEntry("X-vault-token", List.of("tok"));
    }

    private static Thread reader(Fixture session, AtomicReference<Object> end) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.set(Fixture.text(session.read("app", "k")));
                    } catch (InterruptedException e) {
                        end.set(e);
                    }
                });
    }
}
