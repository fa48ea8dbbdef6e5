package dev.signet.provider.webhook;

import dev.signet.http.HttpAnswer;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Missing;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.rest.RetryAfter;

/** Turns answers into outcomes by their status alone. */
final class StatusRules {

    private StatusRules() {}

    /**
     * What an answer means: any 404 is "no such secret", as in External Secrets.
     *
     * @param server how messages name the server
     * @param what what was asked for
     */
    static ReadOutcome<HttpAnswer> outcome(HttpAnswer answer, String server, String what) {
        if (answer.ok()) {
            return new Found<>(answer);
        }
        int status = answer.status();
        return switch (status) {
            case 404 -> new Missing<>("%s at %s".formatted(what, server));
            case 401, 403, 407 -> new Denied<>("%s denies %s (%d)".formatted(server, what, status));
            case 408, 425, 429 ->
                    new Unavailable<>(
                            "%s is busy (%d) and did not serve %s".formatted(server, status, what),
                            RetryAfter.of(answer));
            case 301, 302, 303, 307, 308 ->
                    new Unavailable<>(
                            "%s redirects %s (%d) to where it is not followed: only a GET is, and only within the server"
                                    .formatted(server, what, status));
            case 304 ->
                    new Unavailable<>(
                            "%s says that %s is not modified (304), which helps nobody here"
                                    .formatted(server, what));
            default ->
                    status >= 500
                            ? new Unavailable<>(
                                    "%s cannot serve %s now (%d)".formatted(server, what, status),
                                    RetryAfter.of(answer))
                            : new Invalid<>(
                                    "%s cannot serve %s (%d)".formatted(server, what, status));
        };
    }

    /** What an outcome that found nothing says. */
    static String reason(ReadOutcome<?> outcome) {
        return switch (outcome) {
            case Found<?> found -> "";
            case Missing<?>(String what) -> "there is no " + what;
            case Denied<?>(String reason) -> reason;
            case Unavailable<?>(String reason, var retryAfter) -> reason;
            case Invalid<?>(String reason) -> reason;
        };
    }
}
