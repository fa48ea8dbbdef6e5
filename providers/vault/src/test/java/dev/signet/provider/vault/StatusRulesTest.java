package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRulesTest {

    private static final String CANARY = "c4n4ry-v4lue";

    private final StatusRules rules = new StatusRules("https://vault.test:8200");

    private static Reply answer(int status, String body) {
        return Reply.Answer.of(status, body.getBytes(StandardCharsets.UTF_8), null);
    }

    private ReadOutcome<JsonObject> read(int status, String body) {
        return rules.read(answer(status, body), "secret kv/app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"errors\":[]}                                           | Missing",
                "404 | {\"data\":{\"data\":null,\"metadata\":{}}}                | Missing",
                "404 | {\"errors\":[\"no handler for route \\\"x\\\"\"]}         | Invalid",
                "404 | {\"errors\":[],\"warnings\":[\"Invalid path for a versioned K/V secrets engine\"]} | Invalid",
                "404 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Invalid",
                "404 | {\"errors\":[1]}                                          | Unavailable",
                "404 | {\"errors\":[{}],\"data\":null}                           | Unavailable",
                "404 | {\"errors\":\"\"}                                         | Unavailable",
                "404 | {\"data\":null}                                         | Unavailable",
                "404 | {\"data\":{}}                                           | Unavailable",
                "404 | {\"data\":{\"data\":{\"k\":\"v\"},\"metadata\":{}}}         | Unavailable",
                "404 | {\"message\":\"no Route matched\"}                        | Unavailable",
                "404 | <html>not here</html>                                     | Unavailable",
                "404 | ''                                                        | Unavailable",
                "200 | {\"data\":{                                               | Unavailable",
                "200 | <html>log in</html>                                       | Unavailable",
                "200 | {\"data\":{}}                                             | Found",
                "400 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Invalid",
                "400 | {\"errors\":[\"missing client token\"]}                   | Denied",
                "401 | ''                                                        | Denied",
                "403 | {\"errors\":[\"permission denied c4n4ry-v4lue\"]}         | Denied",
                "405 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Invalid",
                "307 | ''                                                        | Unavailable",
                "412 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Unavailable",
                "429 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Unavailable",
                "472 | ''                                                        | Unavailable",
                "473 | ''                                                        | Unavailable",
                "500 | {\"errors\":[\"c4n4ry-v4lue\"]}                           | Unavailable",
                "502 | <html>c4n4ry-v4lue</html>                                 | Unavailable",
                "503 | {\"errors\":[\"Vault is sealed\"]}                        | Unavailable",
            })
    void statusAndBodyDecideTheOutcomeAndNothingOfTheBodyIsShown(
            int status, String body, String kind) {
        ReadOutcome<JsonObject> outcome = read(status, body);

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(Outcomes.reason(outcome)).doesNotContain(CANARY).doesNotContain("\n");
    }

    @Test
    void sealedServerIsNamedAsSuch() {
        assertThat(Outcomes.reason(read(503, "{\"errors\":[\"Vault is sealed\"]}")))
                .isEqualTo(
                        "Vault at https://vault.test:8200 cannot serve secret kv/app now: Vault is sealed (503)");
    }

    @Test
    void retryAfterIsPassedOn() {
        ReadOutcome<JsonObject> outcome =
                rules.read(Reply.Answer.of(429, new byte[0], "7"), "secret x");

        assertThat(outcome)
                .isEqualTo(
                        new ReadOutcome.Unavailable<>(
                                "Vault at https://vault.test:8200 cannot serve secret x now: rate limit reached (429)",
                                Optional.of(Duration.ofSeconds(7))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void refusedLoginIsDenied(int status) {
        assertThat(
                        rules.login(
                                answer(status, "{\"errors\":[\"invalid role or secret ID\"]}"),
                                "AppRole"))
                .isInstanceOf(ReadOutcome.Denied.class);
    }

    @Test
    void loginThatIsNotMountedIsInvalid() {
        assertThat(rules.login(answer(404, "{\"errors\":[\"no handler\"]}"), "AppRole at auth/x"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        i -> assertThat(i.reason().toString()).contains("auth/x"));
    }
}
