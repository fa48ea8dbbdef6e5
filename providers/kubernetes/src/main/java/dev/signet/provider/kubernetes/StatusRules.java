package dev.signet.provider.kubernetes;

import dev.signet.http.HttpAnswer;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Missing;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.rest.Json;
import dev.signet.rest.JsonObject;
import dev.signet.rest.RetryAfter;
import dev.signet.rest.TooMuchJsonException;
import java.io.IOException;

/** Turns answers of an API server into outcomes. Nothing that it says is passed on. */
final class StatusRules {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 400_000;
    private static final int MAX_STRING = 4 << 20;

    /** A page of Secrets with the fields that all their managers wrote. */
    private static final Json JSON = new Json(MAX_DEPTH, MAX_TOKENS, MAX_STRING);

    private StatusRules() {}

    /**
     * The JSON object that answers a call.
     *
     * @param server how messages name the server
     * @param what what was asked for
     */
    static ReadOutcome<JsonObject> outcome(HttpAnswer answer, String server, String what) {
        int status = answer.status();
        JsonObject body;
        try {
            body = body(answer);
        } catch (TooMuchJsonException e) {
            return new Invalid<>(
                    "%s answers %s with more than can be read".formatted(server, what));
        }
        if (answer.ok()) {
            return body.isEmpty() ? foreign(status, server, what) : new Found<>(body);
        }
        return switch (status) {
            case 404 -> missing(body, server, what);
            case 401 -> new Denied<>("%s does not accept the credentials (401)".formatted(server));
            case 403 -> new Denied<>("%s denies %s (403)".formatted(server, what));
            case 410 ->
                    new Unavailable<>("%s has forgotten the list's page (410)".formatted(server));
            case 429 ->
                    new Unavailable<>(
                            "%s is busy (429) and did not serve %s".formatted(server, what),
                            RetryAfter.of(answer));
            case 301, 302, 303, 307, 308 ->
                    new Unavailable<>(
                            "%s redirects elsewhere (%d), which is not followed; is this the address of an API server?"
                                    .formatted(server, status));
            default ->
                    status >= 500
                            ? new Unavailable<>(
                                    "%s cannot serve %s now (%d)".formatted(server, what, status),
                                    RetryAfter.of(answer))
                            : new Invalid<>(
                                    "%s cannot serve %s (%d)".formatted(server, what, status));
        };
    }

    /**
     * Only the API server's own word on a Secret means that one is missing: a 404 of a proxy, or of
     * a server without this API, does not.
     */
    private static ReadOutcome<JsonObject> missing(JsonObject body, String server, String what) {
        boolean own = body.text("kind").equals("Status");
        JsonObject details = body.object("details");
        return own
                        && body.text("reason").equals("NotFound")
                        && details.text("kind").equals("secrets")
                ? new Missing<>(what)
                : foreign(404, server, what);
    }

    private static ReadOutcome<JsonObject> foreign(int status, String server, String what) {
        return new Unavailable<>(
                "%s answers %s with status %d without what an API server says; is this its address?"
                        .formatted(server, what, status));
    }

    private static JsonObject body(HttpAnswer answer) throws TooMuchJsonException {
        try {
            return JsonObject.of(JSON.parse(answer.body()));
        } catch (TooMuchJsonException e) {
            throw e;
        } catch (IOException e) {
            return JsonObject.of(null); // what a proxy or a server that is cut off sends
        }
    }
}
