package dev.signet.provider.webhook;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.CaProvider;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what comes of what comes back. */
class ProtocolIT {

    private static final String CANARY = "c4n4ry";
    private static final RemoteRef APP = RemoteRef.of("app");

    @TempDir private static Path folder;

    private static SecretServer server;
    private static SecretServer other;

    private final FakeReferences references = new FakeReferences();

    @BeforeAll
    static void start() throws Exception {
        server = SecretServer.secure(folder);
        other = SecretServer.plain();
    }

    @AfterAll
    static void stop() {
        server.close();
        other.close();
    }

    @BeforeEach
    void forget() {
        server.seen.clear();
        other.seen.clear();
    }

    private Specs spec(String path) {
        return Specs.at(server.url() + path).caBundle(server.caBundle());
    }

    private SecretClient open(Specs spec) {
        return new WebhookSecretProvider().open(spec.build(), references.context());
    }

    private static void answers(int status, String body) {
        server.handler = exchange -> SecretServer.answer(exchange, status, body);
    }

    @Test
    void sendsMethodHeadersAndBody() throws Exception {
        AtomicReference<String> got = new AtomicReference<>();
        server.handler =
                exchange -> {
                    got.set(
                            exchange.getRequestMethod()
                                    + "|"
                                    + exchange.getRequestHeaders().getFirst("Authorization")
                                    + "|"
                                    + exchange.getRequestHeaders().getFirst("Content-Type")
                                    + "|"
                                    + new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    SecretServer.answer(exchange, 200, "{\"data\":{\"v\":\"s3cret\"}}");
                };
        references.marked("auth", Map.of("user", "me", "tls.key", "k"));
        Specs spec =
                spec("/x")
                        .method("post")
                        .header(
                                "Authorization",
                                "Basic {{ print .auth.user \":\" .auth.user | b64enc }}")
                        .header("Content-Type", "application/json")
                        .body(
                                "{\"path\": \"{{ .remoteRef.key }}\", \"v\": {{ .remoteRef.version | toJson }}, \"k\": \"{{ index .auth \"tls.key\" }}\"}")
                        .jsonPath("$.data.{{ .remoteRef.property }}")
                        .secrets("auth");
        try (SecretClient client = open(spec)) {
            assertThat(text(read(client, new RemoteRef("a/b", "v", "1\"2", false))))
                    .isEqualTo("s3cret");
            assertThat(got.get())
                    .isEqualTo(
                            "POST|Basic bWU6bWU=|application/json|{\"path\": \"a/b\", \"v\": \"1\\\"2\", \"k\": \"k\"}");
            assertThat(references.calls).containsExactly("Webhook HTTPRequest true");
        }
    }

    @Test
    void makesOneCallWhereTheRequestIsTheSame() throws Exception {
        answers(200, "{\"a\":\"1\",\"b\":\"2\",\"c\":{\"d\":\"3\"}}");
        references.marked("auth", Map.of("t", "x"));
        Specs spec =
                spec("/{{ .remoteRef.key }}?t={{ .auth.t }}")
                        .jsonPath("$.{{ .remoteRef.property }}")
                        .secrets("auth");
        RemoteRef a = RemoteRef.of("app", "a");
        RemoteRef b = RemoteRef.of("app", "b");
        RemoteRef none = RemoteRef.of("app", "none");
        RemoteRef hostile = RemoteRef.of("app", "a[?(@.x)]");
        try (SecretClient client = open(spec)) {
            var answers = client.read(Set.of(a, b, none, hostile));

            assertThat(text(answers.get(a))).isEqualTo("1");
            assertThat(text(answers.get(b))).isEqualTo("2");
            assertThat(answers.get(none)).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(answers.get(hostile).toString()).contains("'?'");
            assertThat(server.seen).containsExactly("GET /app?t=x");
            assertThat(references.reads).hasValue(1);
            assertThat(texts(extract(client, RemoteRef.of("app", "c"))))
                    .isEqualTo(Map.of("d", "3"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, Missing",
        "401, Denied",
        "403, Denied",
        "400, Invalid",
        "410, Invalid",
        "304, Unavailable",
        "408, Unavailable",
        "429, Unavailable",
        "500, Unavailable",
        "503, Unavailable",
    })
    void tellsStatusesApartAndShowsNothingOfTheAnswer(int status, String outcome) throws Exception {
        answers(status, status == 304 ? "" : CANARY);
        references.marked("auth", Map.of("t", "t0k3n"));
        Specs spec = spec("/{{ .remoteRef.key }}?t={{ .auth.t }}").secrets("auth");
        try (SecretClient client = open(spec)) {
            ReadOutcome<?> answer = read(client, APP);

            assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
            assertThat(answer.toString())
                    .contains("'app'")
                    .contains(server.url())
                    .doesNotContain(CANARY)
                    .doesNotContain("t0k3n");
            assertThat(extract(client, APP).getClass()).isEqualTo(answer.getClass());
            assertThat(client.toString()).doesNotContain("t0k3n");
        }
    }

    @Test
    void passesOnForHowLongTheServerAsksToBeLeftAlone() throws Exception {
        server.handler =
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "9");
                    SecretServer.answer(exchange, 503, "");
                };
        try (SecretClient client = open(spec("/x"))) {
            assertThat(read(client, APP))
                    .isInstanceOf(ReadOutcome.Unavailable.class)
                    .extracting("retryAfter")
                    .isEqualTo(Optional.of(Duration.ofSeconds(9)));
        }
    }

    @Test
    void repeatsAsTheStoreSays() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        server.handler =
                exchange ->
                        SecretServer.answer(
                                exchange, calls.incrementAndGet() < 3 ? 503 : 200, "ok");
        var twice = references.context(new RetrySettings(2, Duration.ofMillis(1)));
        try (SecretClient client = new WebhookSecretProvider().open(spec("/x").build(), twice)) {
            assertThat(text(read(client, APP))).isEqualTo("ok");
            calls.set(-10);
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(calls).hasValue(-7);
        }
    }

    @Test
    void followsRedirectsWithinTheServerAlone() throws Exception {
        server.handler =
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (path.equals("/end")) {
                        SecretServer.answer(exchange, 200, "here");
                        return;
                    }
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    switch (path) {
                                        case "/near" -> "end";
                                        case "/loop" -> "/loop";
                                        default -> other.url() + "/end";
                                    });
                    SecretServer.answer(exchange, 302, "");
                };
        try (SecretClient near = open(spec("/near"));
                SecretClient loop = open(spec("/loop"));
                SecretClient posted = open(spec("/near").method("POST").body("x"));
                SecretClient far = open(spec("/far").header("Authorization", "Bearer " + CANARY))) {
            assertThat(text(read(near, APP))).isEqualTo("here");
            assertThat(read(loop, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(read(posted, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(read(far, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(other.seen).isEmpty();
        }
    }

    @Test
    void asksForTheLabelOnSecrets() throws Exception {
        answers(200, "ok");
        references.unmarked("auth", Map.of("t", CANARY));
        Specs spec = spec("/{{ .auth.t }}").secrets("auth");
        try (SecretClient client = open(spec)) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(read(client, APP).toString()).contains("external-secrets.io/type");
            assertThat(client.validate().toString()).contains("external-secrets.io/type");
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void refusesTextsThatWouldChangeTheRequest() throws Exception {
        answers(200, "ok");
        Specs json = spec("/").method("POST").body("{\"k\":\"{{ .remoteRef.key }}\"}");
        Specs form = spec("/").method("POST").body("k={{ .remoteRef.key }}&x=1");
        Specs header = spec("/").header("X-Key", "{{ .remoteRef.key }}");
        try (SecretClient asJson = open(json);
                SecretClient asForm = open(form);
                SecretClient inHeader = open(header)) {
            for (String key : new String[] {"a\",\"admin\":\"1", "a\\", "a\nb"}) {
                assertThat(read(asJson, RemoteRef.of(key))).isInstanceOf(ReadOutcome.Invalid.class);
            }
            assertThat(read(asForm, RemoteRef.of("a&admin=1")))
                    .isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(read(inHeader, RemoteRef.of("a\r\nX-Admin: 1")))
                    .isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(read(inHeader, RemoteRef.of("日本"))).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(server.seen).isEmpty();
            assertThat(text(read(asJson, RemoteRef.of("a&b")))).isEqualTo("ok");
        }
    }

    @Test
    void boundsTheSizeOfAnAnswer() throws Exception {
        server.handler = exchange -> SecretServer.answer(exchange, 200, new byte[3 << 20]);
        try (SecretClient client = open(spec("/x"))) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(read(client, APP).toString()).contains("more than 2 MiB");
        }
    }

    @Test
    void endsACallThatTakesLongerThanTheStoreAllows() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.handler =
                _ -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (SecretClient client = open(spec("/x").timeout("500ms"))) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void trustsWhatTheStoreTrusts() throws Exception {
        answers(200, "ok");
        references.unmarked("ca", Map.of("ca.crt", server.ca()));
        for (String kind : new String[] {"Secret", "ConfigMap"}) {
            Specs spec =
                    Specs.at(server.url() + "/x")
                            .caProvider(new CaProvider(kind, "ca", "ca.crt", ""));
            try (SecretClient client = open(spec)) {
                assertThat(text(read(client, APP))).isEqualTo("ok");
            }
        }
        try (SecretClient client = open(Specs.at(server.url() + "/x"))) {
            assertThat(read(client, APP).toString()).contains("set caBundle or caProvider");
            assertThat(client.validate()).isInstanceOf(StoreHealth.Unusable.class);
        }
        try (SecretClient client = open(Specs.at(server.url() + "/x").caBundle("eA=="))) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void cannotBeSearchedAndHasNoMetadata() throws Exception {
        answers(200, "ok");
        try (SecretClient client = open(spec("/x"))) {
            assertThat(client.find(new FindQuery("", ".", Map.of())))
                    .isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(read(client, new RemoteRef("app", "", "", true)))
                    .isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(server.seen).isEmpty();
        }
    }
}
