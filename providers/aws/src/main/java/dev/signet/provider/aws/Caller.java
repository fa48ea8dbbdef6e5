package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RetrySettings;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Makes calls with the session's credentials, and makes do when a service does not know them. */
final class Caller {

    private final Wire wire;
    private final AwsSession session;
    private final ErrorRules rules;
    private final Retries retries;

    Caller(Wire wire, AwsSession session, ErrorRules rules, RetrySettings retry) {
        this.wire = wire;
        this.session = session;
        this.rules = rules;
        this.retries = new Retries(retry);
    }

    /** What the rules make of errors that come apart from an answer as a whole. */
    ErrorRules rules() {
        return rules;
    }

    /**
     * The answer to one call.
     *
     * @param what what is asked for, as messages name it
     * @param request sends it with these credentials
     */
    <T> ReadOutcome<T> call(
            Operation operation, String what, Function<AwsCredentialsProvider, T> request)
            throws InterruptedException {
        return retries.run(() -> once(operation, what, request));
    }

    private <T> ReadOutcome<T> once(
            Operation operation, String what, Function<AwsCredentialsProvider, T> request)
            throws InterruptedException {
        ReadOutcome<Held> credentials = session.credentials();
        if (!(credentials instanceof ReadOutcome.Found<Held>(Held held))) {
            return credentials.withoutValue();
        }
        Reply<T> reply = send(operation, held, request);
        if (!isRefusal(reply)) {
            return rules.outcome(reply, operation, what);
        }
        ReadOutcome<Held> answer = session.afterRefusal(held);
        if (!(answer instanceof ReadOutcome.Found<Held>(Held other))) {
            return answer.withoutValue();
        }
        if (other.generation() != held.generation()) {
            reply = send(operation, other, request);
            if (isRefusal(reply)) {
                session.refusedAgain();
            }
        }
        return rules.outcome(reply, operation, what);
    }

    private <T> Reply<T> send(
            Operation operation, Held held, Function<AwsCredentialsProvider, T> request)
            throws InterruptedException {
        var provider = StaticCredentialsProvider.create(held.credentials());
        return wire.send(operation, () -> request.apply(provider));
    }

    private static boolean isRefusal(Reply<?> reply) {
        return reply instanceof Reply.Refused<?>(Reply.ServiceError error)
                && switch (ErrorRules.kind(error)) {
                    case UNKNOWN_IDENTITY, EXPIRED -> true;
                    default -> false;
                };
    }
}
