package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final StatusRules rules = new StatusRules("https://v.vault.azure.net");

    private ReadOutcome<String> outcome(int status, String code, String inner) {
        return rules.outcome(
                new Refusal(status, code, inner, Optional.of(Duration.ofSeconds(7))), "secret 's'");
    }

    private static ReadOutcome<Token> login(int status, String body) {
        return LoginRules.outcome(
                status,
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                "https://login.test",
                false,
                NOW,
                1);
    }

    @ParameterizedTest
    @CsvSource({
        "404, SecretNotFound, , Missing",
        "404, KeyNotFound, , Missing",
        "404, , , Unavailable",
        "404, ResourceNotFound, , Unavailable",
        "400, BadParameter, , Invalid",
        "401, Unauthorized, , Denied",
        "403, Forbidden, AccessDenied, Denied",
        "403, Forbidden, SecretDisabled, Invalid",
        "403, Forbidden, KeyNotYetValid, Invalid",
        "403, , , Denied",
        "429, Throttled, , Unavailable",
        "500, , , Unavailable",
        "302, , , Unavailable",
        "200, SecretNotFound, , Unavailable",
    })
    void onlyTheVaultsOwnWordMeansThatSomethingIsMissing(
            int status, String code, String inner, String expected) {
        ReadOutcome<String> outcome =
                outcome(status, code == null ? "" : code, inner == null ? "" : inner);
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(outcome.toString()).contains("secret 's'", "https://v.vault.azure.net");
    }

    @Test
    void codesThatAreNoPlainWordsAreNotShown() {
        for (String code : new String[] {"can4ry!", "canary canary", "canary\nDisabled"}) {
            assertThat(outcome(403, code, code).toString()).doesNotContain("can");
        }
        assertThat(outcome(403, "Forbidden", "a b Disabled"))
                .isInstanceOf(ReadOutcome.Denied.class);
    }

    @Test
    void refusalOfAFirewallSaysNothingOfTheIdentity() {
        assertThat(StatusRules.knowsIdentity(refusal(403, "Forbidden", "ForbiddenByRbac")))
                .isTrue();
        assertThat(StatusRules.knowsIdentity(refusal(403, "Forbidden", "ForbiddenByFirewall")))
                .isFalse();
        assertThat(StatusRules.knowsIdentity(refusal(403, "", ""))).isFalse();
        assertThat(StatusRules.knowsIdentity(refusal(401, "Unauthorized", ""))).isFalse();
    }

    private static Refusal refusal(int status, String code, String inner) {
        return new Refusal(status, code, inner, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"value\":\"v\",\"attributes\":{\"exp\":1,\"nbf\":null,\"enabled\":true}}",
                "{\"attributes\":null}"
            })
    void objectsOfAVaultAreLetThrough(String body) {
        assertThat(AnswerShape.isObject(body.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "plain",
                "{\"attributes\":{\"exp\":\"canary\"}}",
                "{\"attributes\":{\"updated\":1e3}}",
                "{\"attributes\":{\"created\":99999999999999999999}}"
            })
    void answersThatTheParserWouldQuoteAreNot(String body) {
        assertThat(AnswerShape.isObject(body.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void pageHasAListEvenIfItIsEmpty() {
        for (String page :
                new String[] {
                    "{\"value\":[]}",
                    "{\"value\":[{\"id\":\"a\"},{\"attributes\":{\"exp\":1}}],\"nextLink\":null}",
                    "{\"value\":[{\"attributes\":{\"exp\":1}},{\"attributes\":{\"exp\":null}}]}"
                }) {
            assertThat(AnswerShape.isPage(page.getBytes(StandardCharsets.UTF_8))).isTrue();
        }
        for (String strange :
                new String[] {
                    "{}",
                    "[]",
                    "null",
                    "{\"value\":null}",
                    "{\"value\":{}}",
                    "{\"value\":[{\"attributes\":{\"exp\":\"canary\"}}]}"
                }) {
            assertThat(AnswerShape.isPage(strange.getBytes(StandardCharsets.UTF_8))).isFalse();
        }
    }

    @Test
    void readsRetryAfterInSecondsAndAsADate() {
        assertThat(RetryAfter.of("12", NOW)).contains(Duration.ofSeconds(12));
        assertThat(RetryAfter.of("Thu, 1 Jan 2026 00:01:00 GMT", NOW))
                .contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.of("Wed, 31 Dec 2025 00:00:00 GMT", NOW)).contains(Duration.ZERO);
        for (String none : new String[] {null, "", "soon", "-1", "99999999999"}) {
            assertThat(RetryAfter.of(none, NOW)).isEmpty();
        }
    }

    @Test
    void pauseEndsAndIsNeverLongerThanMinutes() {
        StillClock clock = new StillClock();
        Pause pause = new Pause(clock);
        assertThat(pause.now()).isEmpty();
        pause.after(new ReadOutcome.Unavailable<>("down"));
        assertThat(pause.now()).isEmpty();
        pause.after(new ReadOutcome.Unavailable<>("busy", Optional.of(Duration.ofDays(9))));
        assertThat(pause.now())
                .contains(
                        new ReadOutcome.Unavailable<>("busy", Optional.of(Duration.ofMinutes(5))));
        clock.forward(Duration.ofMinutes(5));
        assertThat(pause.now()).isEmpty();
    }

    @Test
    void tokenIsRenewedWellBeforeItsEnd() {
        ReadOutcome<Token> outcome =
                login(200, "{\"access_token\":\"t\",\"expires_in\":3600,\"refresh_in\":1200}");
        assertThat(outcome)
                .isEqualTo(
                        new ReadOutcome.Found<>(
                                new Token("t", NOW.plusSeconds(3600), NOW.plusSeconds(1200), 1)));
        assertThat(login(200, "{\"access_token\":\"t\",\"expires_in\":\"3000\"}"))
                .isEqualTo(
                        new ReadOutcome.Found<>(
                                new Token("t", NOW.plusSeconds(3000), NOW.plusSeconds(2000), 1)));
        assertThat(outcome.toString()).doesNotContain("\"t\"").doesNotContain("value=t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e99", "\"x\"", "null", "0", "999999999999"})
    void lifeOfATokenIsKeptWithinReason(String life) {
        assertThat(login(200, "{\"access_token\":\"t\",\"expires_in\":" + life + "}"))
                .isInstanceOfSatisfying(
                        ReadOutcome.Found.class,
                        found -> {
                            Token token = (Token) found.value();
                            assertThat(token.expiresAt())
                                    .isBetween(NOW.plusSeconds(30), NOW.plus(Duration.ofDays(2)));
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_client, 7000222, Denied, expired",
        "400, unauthorized_client, 700016, Denied, no application",
        "400, invalid_request, 90002, Invalid, no such tenant",
        "401, invalid_client, 700213, Denied, federated",
        "400, temporarily_unavailable, 90055, Unavailable, not to be had",
        "400, made_up, 1, Unavailable, address",
        "500, invalid_client, 1, Unavailable, 500",
        "429, , 1, Unavailable, 429",
    })
    void tellsWhyALoginFailed(
            int status, String error, String code, String expected, String words) {
        ReadOutcome<Token> outcome =
                login(
                        status,
                        "{\"error\":\"%s\",\"error_codes\":[%s],\"error_description\":\"canary\"}"
                                .formatted(error, code));
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(outcome.toString()).contains(words).doesNotContain("canary");
    }
}
