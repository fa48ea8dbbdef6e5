package dev.signet.provider.azure;

import dev.signet.gjson.GJson;
import dev.signet.gjson.PathLimitException;
import dev.signet.provider.ReadOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the answer to a login means. Its texts are dropped, but for the numbers of errors. Pure. */
final class LoginRules {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofDays(2);

    private LoginRules() {}

    /**
     * The outcome of a login.
     *
     * @param service how messages name who answered
     * @param machine whether that is a machine's identity service
     */
    static ReadOutcome<Token> outcome(
            int status,
            byte[] body,
            Optional<Duration> retryAfter,
            String service,
            boolean machine,
            Instant now,
            long generation) {
        if (status == 200) {
            String token = text(body, "access_token");
            return token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    ? new ReadOutcome.Unavailable<>(
                            "the login at %s gave no token; is this its address?"
                                    .formatted(service))
                    : new ReadOutcome.Found<>(token(body, token, now, generation));
        }
        if (status == 429 || status >= 500) {
            return new ReadOutcome.Unavailable<>(
                    "the login at %s is not to be had now (%d)".formatted(service, status),
                    retryAfter);
        }
        return machine
                ? machine(status, body, service, retryAfter)
                : refused(status, body, service);
    }

    private static ReadOutcome<Token> refused(int status, byte[] body, String service) {
        String code = text(body, "error_codes.0");
        String shown = NUMBER.matcher(code).matches() ? " AADSTS" + code : "";
        String error = text(body, "error");
        return switch (error) {
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_grant",
                    "access_denied",
                    "interaction_required" ->
                    new ReadOutcome.Denied<>(
                            "the login at %s is refused (%s%s): %s"
                                    .formatted(service, error, shown, remedy(code)));
            case "temporarily_unavailable", "server_error" ->
                    new ReadOutcome.Unavailable<>(
                            "the login at %s is not to be had now (%s%s)"
                                    .formatted(service, error, shown));
            case "invalid_request", "invalid_scope", "invalid_resource", "unsupported_grant_type" ->
                    new ReadOutcome.Invalid<>(
                            "the login at %s finds the request invalid (%s%s): %s"
                                    .formatted(service, error, shown, remedy(code)));
            default ->
                    new ReadOutcome.Unavailable<>(
                            "the login at %s answers %d and not as a login does; is this its address?"
                                    .formatted(service, status));
        };
    }

    private static ReadOutcome<Token> machine(
            int status, byte[] body, String service, Optional<Duration> retryAfter) {
        return status == 400 && !text(body, "error").isEmpty()
                ? new ReadOutcome.Denied<>(
                        "%s has no such managed identity (400); assign it to the nodes, or correct identityId"
                                .formatted(service))
                : new ReadOutcome.Unavailable<>(
                        "%s cannot give a token now (%d)".formatted(service, status), retryAfter);
    }

    private static String remedy(String code) {
        return switch (code) {
            case "7000215" -> "the client secret is wrong; it is the secret's value, not its ID";
            case "7000222" -> "the client secret has expired";
            case "700016" -> "the tenant has no application of this client ID";
            case "90002", "900023" -> "there is no such tenant";
            case "700027" -> "the certificate is not one of the application's, or has expired";
            case "70021", "700211", "700212", "700213" ->
                    "no federated credential of the application matches issuer, subject and audience of the ServiceAccount's token";
            case "500011" -> "the tenant knows no such vault service; see environmentType";
            default -> "see tenant, client and credential";
        };
    }

    private static Token token(byte[] body, String token, Instant now, long generation) {
        Duration life = seconds(text(body, "expires_in")).orElse(SHORTEST);
        Duration bounded = life.compareTo(LONGEST) > 0 ? LONGEST : life;
        Duration kept = bounded.compareTo(SHORTEST) < 0 ? SHORTEST : bounded;
        Duration refresh =
                seconds(text(body, "refresh_in"))
                        .filter(advice -> advice.compareTo(kept) < 0)
                        .orElse(kept.multipliedBy(2).dividedBy(3));
        return new Token(token, now.plus(kept), now.plus(refresh), generation);
    }

    private static Optional<Duration> seconds(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }

    private static String text(byte[] body, String path) {
        try {
            return GJson.isValid(new String(body, StandardCharsets.UTF_8))
                    ? GJson.get(body, path).string()
                    : "";
        } catch (PathLimitException e) {
            return "";
        }
    }
}
