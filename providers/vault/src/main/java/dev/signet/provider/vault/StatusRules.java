package dev.signet.provider.vault;

import dev.signet.provider.ReadOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns answers into outcomes. The texts that the server sends are looked at for known phrases and
 * never passed on: they may hold anything.
 */
final class StatusRules {

    private final String server;

    StatusRules(String server) {
        this.server = server;
    }

    /** The JSON object that answers a read; {@code what} names what was asked for. */
    ReadOutcome<JsonObject> read(Reply reply, String what) {
        return switch (reply) {
            case Reply.NoAnswer(String reason) -> new ReadOutcome.Unavailable<>(reason);
            case Reply.Unusable(String reason, boolean passing) ->
                    passing
                            ? new ReadOutcome.Unavailable<>(reason)
                            : new ReadOutcome.Invalid<>(reason);
            case Reply.Answer answer -> read(answer, what);
        };
    }

    /** As {@link #read}, for a login: refused credentials are answered with 400 as well. */
    ReadOutcome<JsonObject> login(Reply reply, String method) {
        if (reply instanceof Reply.Answer answer
                && (answer.refused() || (answer.status() == 400 && !says(answer, "missing")))) {
            return new ReadOutcome.Denied<>(
                    "Vault at %s refused the login with %s (%d)"
                            .formatted(server, method, answer.status()));
        }
        if (reply instanceof Reply.Answer(int status, var body, var retryAfter) && status == 404) {
            return new ReadOutcome.Invalid<>(
                    "Vault at %s has no such login: %s (404)".formatted(server, method));
        }
        return read(reply, "the login with " + method);
    }

    /** Whether the answer carries a text of the server that contains {@code phrase}. */
    boolean says(Reply.Answer answer, String phrase) {
        JsonObject body = answer.body();
        return body != null
                && (contains(body.strings("errors"), phrase)
                        || contains(body.strings("warnings"), phrase));
    }

    private ReadOutcome<JsonObject> read(Reply.Answer answer, String what) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            JsonObject body = answer.body();
            return body == null ? foreign(answer, what) : new ReadOutcome.Found<>(body);
        }
        return switch (status) {
            case 404 -> missing(answer, what);
            case 401, 403 ->
                    new ReadOutcome.Denied<>(
                            "Vault at %s denies %s (%d)".formatted(server, what, status));
            case 400 ->
                    says(answer, "missing client token")
                            ? new ReadOutcome.Denied<>(
                                    "Vault at %s wants a token for %s".formatted(server, what))
                            : invalid(what, "the server finds the request invalid (400)");
            case 405 -> invalid(what, "there is no such operation there (405)");
            case 301, 302, 303, 307, 308 ->
                    unavailable(
                            what,
                            "it redirects elsewhere (%d), which is not followed; point the store's server there"
                                    .formatted(status),
                            answer.retryAfter());
            case 412 -> unavailable(what, "the node lags behind (412)", answer.retryAfter());
            case 429 -> unavailable(what, "rate limit reached (429)", answer.retryAfter());
            case 472, 473 ->
                    unavailable(
                            what,
                            "the node is a standby (%d)".formatted(status),
                            answer.retryAfter());
            case 503 ->
                    unavailable(
                            what,
                            says(answer, "sealed")
                                    ? "Vault is sealed (503)"
                                    : "not in service (503)",
                            answer.retryAfter());
            default ->
                    status >= 500
                            ? unavailable(what, "server error " + status, answer.retryAfter())
                            : invalid(what, "unexpected answer " + status);
        };
    }

    /**
     * Only Vault's own 404 means that a secret is missing: that of a proxy, of a mount that is not
     * there or of an engine of the other version does not.
     */
    private ReadOutcome<JsonObject> missing(Reply.Answer answer, String what) {
        JsonObject body = answer.body();
        if (body == null) {
            return foreign(answer, what);
        }
        if (contains(body.strings("warnings"), "invalid path for a versioned k/v")) {
            return invalid(what, "the engine is KV v2, the store says version v1");
        }
        if (!body.strings("errors").isEmpty()) {
            return contains(body.strings("errors"), "no handler for route")
                    ? invalid(what, "no secrets engine is mounted there (404)")
                    : invalid(what, "the server has nothing to serve it with (404)");
        }
        if (isDeletedVersion(body)) {
            return new ReadOutcome.Missing<>(what + fate(body));
        }
        return saysNothing(body) ? new ReadOutcome.Missing<>(what) : foreign(answer, what);
    }

    /** How Vault tells of a path with nothing at it. */
    private static boolean saysNothing(JsonObject body) {
        return body.get("errors") instanceof List<?> errors && errors.isEmpty();
    }

    /** How KV v2 tells of a version that is deleted or destroyed. */
    private static boolean isDeletedVersion(JsonObject body) {
        JsonObject data = body.object("data");
        return data != null && data.get("data") == null && data.object("metadata") != null;
    }

    /** What became of it: a deleted version can be had back, a destroyed one cannot. */
    private static String fate(JsonObject body) {
        JsonObject data = body.object("data");
        JsonObject metadata = data == null ? null : data.object("metadata");
        return metadata != null && Boolean.TRUE.equals(metadata.get("destroyed"))
                ? " (destroyed)"
                : " (deleted)";
    }

    private ReadOutcome<JsonObject> foreign(Reply.Answer answer, String what) {
        return unavailable(
                what,
                "status %d without the JSON that Vault sends; is this its address?"
                        .formatted(answer.status()),
                Optional.empty());
    }

    private <T> ReadOutcome<T> unavailable(
            String what, String reason, Optional<Duration> retryAfter) {
        return new ReadOutcome.Unavailable<>(
                "Vault at %s cannot serve %s now: %s".formatted(server, what, reason), retryAfter);
    }

    private <T> ReadOutcome<T> invalid(String what, String reason) {
        return new ReadOutcome.Invalid<>(
                "Vault at %s cannot serve %s: %s".formatted(server, what, reason));
    }

    private static boolean contains(List<String> texts, String phrase) {
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(phrase));
    }
}
