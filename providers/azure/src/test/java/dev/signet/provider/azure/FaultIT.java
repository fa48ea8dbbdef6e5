package dev.signet.provider.azure;

import static dev.signet.provider.contract.Outcomes.found;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(120)
class FaultIT {

    private static final RemoteRef REF = RemoteRef.of("fault");
    private static final String CANARY = "canary-of-the-vault";

    private static FakeKeyVault vault;

    private final FakeReferences references = FakeReferences.good();
    private final StillClock clock = new StillClock();
    private final AtomicInteger troubles = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        vault = new FakeKeyVault();
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @BeforeEach
    void put() {
        vault.clear();
        vault.putSecret("fault", "value");
    }

    @AfterEach
    void heal() {
        vault.trouble = Optional.empty();
        vault.nextLinkHost = Optional.empty();
    }

    private SecretClient open() {
        return open(RetrySettings.NONE, Surroundings.CALL_LIMIT);
    }

    private SecretClient open(RetrySettings retry, Duration callLimit) {
        return Fixture.provider(vault, callLimit)
                .open(Fixture.spec(vault).bySecret().build(), references.context(clock, retry));
    }

    private void trouble(FakeKeyVault.Trouble trouble) {
        vault.trouble =
                Optional.of(exchange -> {
                    troubles.incrementAndGet();
                    trouble.happen(exchange);
                });
    }

    private void answers(int status, Map<String, String> headers, String body) {
        trouble(exchange -> FakeKeyVault.answer(exchange, status, headers, body));
    }

    private ReadOutcome.Unavailable<SecretValue> unavailable(SecretClient client)
            throws InterruptedException {
        ReadOutcome<SecretValue> outcome = read(client, REF);
        assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(outcome.toString()).doesNotContain(CANARY);
        return (ReadOutcome.Unavailable<SecretValue>) outcome;
    }

    @Test
    void busyVaultIsLeftAloneForAsLongAsItAsks() throws Exception {
        try (SecretClient client = open()) {
            answers(429, Map.of("Retry-After", "30"), FakeKeyVault.error("Throttled", ""));
            assertThat(unavailable(client).retryAfter())
                    .isEqualTo(Optional.of(Duration.ofSeconds(30)));
            heal();
            clock.forward(Duration.ofSeconds(10));
            assertThat(unavailable(client).retryAfter())
                    .isEqualTo(Optional.of(Duration.ofSeconds(20)));
            assertThat(troubles).hasValue(1);
            clock.forward(Duration.ofSeconds(21));
            assertThat(text(read(client, REF))).isEqualTo("value");
        }
    }

    @Test
    void busyVaultDoesNotHoldUpAnother() throws Exception {
        try (SecretClient busy = open();
                SecretClient other =
                        Fixture.provider(vault)
                                .open(
                                        Specs.at(vault.url("other-test.vault.azure.net"))
                                                .custom(vault.url("login.stack.test"), "", "")
                                                .bySecret()
                                                .build(),
                                        references.context(clock, RetrySettings.NONE))) {
            answers(429, Map.of("Retry-After", "300"), "");
            assertThat(unavailable(busy).reason()).contains("busy");
            heal();
            assertThat(text(read(other, REF))).isEqualTo("value");
        }
    }

    @Test
    void sdkDoesNotRepeatByItself() throws Exception {
        try (SecretClient client = open()) {
            answers(503, Map.of(), FakeKeyVault.error("ServiceUnavailable", ""));
            assertThat(unavailable(client).reason()).contains("503");
            assertThat(troubles).hasValue(1);
        }
    }

    @Test
    void repeatsAsOftenAsTheStoreSays() throws Exception {
        try (SecretClient client =
                open(new RetrySettings(2, Duration.ofMillis(1)), Surroundings.CALL_LIMIT)) {
            answers(500, Map.of(), "");
            unavailable(client);
            assertThat(troubles).hasValue(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 302, 307, 404, 410, 418, 500, 502, 504})
    void strangeAnswersAreNeverMistakenForAMissingSecret(int status) throws Exception {
        try (SecretClient client = open()) {
            for (String body : List.of("", "<html>not found</html>", "{}", "[]")) {
                answers(
                        status,
                        Map.of("Location", "https://other-test.vault.azure.net/"),
                        status == 204 ? "" : body);
                unavailable(client);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{",
                "[]",
                "null",
                "{\"value\":",
                "{\"id\":\"https://x/secrets/fault/1\"}",
                "{\"value\":\"canary-of-the-vault\",\"id\":7}",
                "{\"value\":{\"canary-of-the-vault\":1}}"
            })
    void answersThatAreNoSecretsAreNotFound(String body) throws Exception {
        try (SecretClient client = open()) {
            answers(200, Map.of(), body);
            ReadOutcome<SecretValue> outcome = read(client, REF);
            assertThat(outcome.toString()).doesNotContain(CANARY);
            if (!body.contains("\"id\":7")) {
                assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
            }
        }
    }

    @Test
    void answerThatIsTooLargeIsNotRead() throws Exception {
        try (SecretClient client = open()) {
            trouble(exchange -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 1 << 14; i++) {
                    exchange.getResponseBody().write(block);
                }
            });
            assertThat(unavailable(client).reason()).contains("larger than 2 MiB");
        }
    }

    @Test
    void cutConnectionIsUnavailable() throws Exception {
        try (SecretClient client = open()) {
            trouble(exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
                throw new IOException("cut");
            });
            assertThat(unavailable(client).reason()).contains("cannot be reached");
            heal();
            assertThat(text(read(client, REF))).isEqualTo("value");
        }
    }

    @Test
    void slowAnswerEndsWithTheTimeLimit() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (SecretClient client = open(RetrySettings.NONE, Duration.ofSeconds(2))) {
            assertThat(text(read(client, REF))).isEqualTo("value");
            trouble(exchange -> drip(exchange, end));
            assertThat(unavailable(client).reason()).contains("no whole answer in time");
        } finally {
            end.countDown();
        }
    }

    /** Sends a byte now and then, so that no wait for the next one is long. */
    private static void drip(HttpExchange exchange, CountDownLatch end) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            do {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            } while (!end.await(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interruptedReaderIsFreedAndSpoilsNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (SecretClient client = open()) {
            assertThat(text(read(client, REF))).isEqualTo("value");
            trouble(exchange -> {
                asked.countDown();
                drip(exchange, end);
            });
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    client.read(Set.of(REF));
                                } catch (Throwable e) {
                                    ended.set(e);
                                }
                            });
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            reader.interrupt();
            assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            end.countDown();
            heal();
            assertThat(text(read(client, REF))).isEqualTo("value");
        } finally {
            end.countDown();
        }
    }

    @Test
    void vaultOutOfReachIsUnavailableForEachReference() throws Exception {
        Specs gone =
                Specs.at("https://signet-test.vault.azure.net:1")
                        .custom(vault.url("login.stack.test"), "", "")
                        .bySecret();
        try (SecretClient client =
                Fixture.provider(vault).open(gone.build(), references.context())) {
            assertThat(client.read(Set.of(RemoteRef.of("a"), RemoteRef.of("b"))).values())
                    .hasSize(2)
                    .allSatisfy(outcome ->
                            assertThat(outcome.toString()).contains("connection refused"));
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(client.validate()).isInstanceOf(StoreHealth.Unusable.class);
        }
    }

    @Test
    void vaultWithACertificateOfSomebodyElseIsUnavailable() throws Exception {
        try (SecretClient client =
                new AzureSecretProvider(
                                new Surroundings(
                                        null, vault.identityService(), Surroundings.CALL_LIMIT))
                        .open(
                                Specs.at(vault.url()).byManagedIdentity("").build(),
                                references.context())) {
            vault.login.audience = "https://vault.azure.net";
            assertThat(unavailable(client).reason()).contains("not signed by a CA");
        }
    }

    @Test
    void tokenIsNotSentToAnotherHostThatAPageNames() throws Exception {
        for (int i = 0; i < 30; i++) {
            vault.putSecret("page-" + i, "v");
        }
        vault.nextLinkHost = Optional.of(vault.url("other-test.vault.azure.net"));
        int pages = vault.pages.get();
        try (SecretClient client = open()) {
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Unavailable.class);
        }
        assertThat(vault.pages.get() - pages).isEqualTo(1);
    }

    @Test
    void listThatIsNotThereIsNotMistakenForMissingSecrets() throws Exception {
        try (SecretClient client = open()) {
            answers(404, Map.of(), FakeKeyVault.error("SecretNotFound", ""));
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Unavailable.class);
            answers(200, Map.of(), "{}");
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Unavailable.class);
        }
    }

    @Test
    void tokenThatIsRefusedForGoodIsReplacedOnceAndThenBelieved() throws Exception {
        try (SecretClient client = open()) {
            assertThat(text(read(client, REF))).isEqualTo("value");
            int logins = vault.login.logins.get();
            answers(401, Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""), "");
            for (int i = 0; i < 3; i++) {
                assertThat(read(client, REF))
                        .isInstanceOfSatisfying(
                                ReadOutcome.Denied.class,
                                denied -> assertThat(denied.reason()).contains("tenantId"));
            }
            assertThat(vault.login.logins.get() - logins).isEqualTo(1);
        }
    }

    @Test
    void closedSessionAnswersWithoutThrowing() throws Exception {
        SecretClient client = open();
        assertThat(text(read(client, REF))).isEqualTo("value");
        client.close();
        assertThat(unavailable(client).reason()).contains("closed");
    }

    @Test
    void mostTalkativeLogHoldsNeitherValuesNorTokensNorAnswers() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        vault.putSecret("quiet", "canary-value");
        try (SecretClient client = open()) {
            assertThat(found(read(client, RemoteRef.of("quiet"))).utf8()).isEqualTo("canary-value");
            answers(500, Map.of(), FakeKeyVault.error("Trouble", ""));
            unavailable(client);
            for (String body :
                    List.of(
                            "{\"value\":\"canary-value\"",
                            "canary-value",
                            "\"canary-value\"",
                            "[\"canary-value\"]",
                            "{\"value\":{\"canary-value\":1}}",
                            "{\"value\":1,\"attributes\":\"canary-value\"}",
                            "{\"id\":\"canary-value\",\"attributes\":{\"exp\":\"canary-value\"}}",
                            "{\"value\":\"canary-value\",\"tags\":\"canary-value\"}")) {
                answers(200, Map.of(), body);
                assertThat(read(client, REF).toString()).doesNotContain("canary-value");
            }
            answers(404, Map.of(), FakeKeyVault.error("SecretNotFound", CANARY));
            assertThat(read(client, REF)).isInstanceOf(ReadOutcome.Missing.class);
            answers(404, Map.of(), "canary-value");
            unavailable(client);
            heal();
            vault.login.trouble =
                    Optional.of(new FakeLogin.Trouble(401, Map.of(), "{\"error\":\"" + CANARY));
            vault.login.revokeAll();
            unavailable(client);
        } finally {
            vault.login.trouble = Optional.empty();
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(log.list).isNotEmpty();
        for (ILoggingEvent event : List.copyOf(log.list)) {
            String text =
                    event.getFormattedMessage()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy()));
            assertThat(text)
                    .doesNotContain(CANARY, "canary-value", FakeLogin.SECRET)
                    .doesNotContain("s3cret")
                    .doesNotContainPattern("token-\\d+-\\d+");
        }
    }
}
