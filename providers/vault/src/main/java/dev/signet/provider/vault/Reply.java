package dev.signet.provider.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back from one request. */
sealed interface Reply {

    /**
     * The server answered.
     *
     * @param status the HTTP status
     * @param body the JSON object in the body; null when that is something else
     * @param retryAfter how long the server asks to be left alone
     */
    record Answer(int status, @Nullable JsonObject body, Optional<Duration> retryAfter)
            implements Reply {

        static Answer of(int status, byte[] body, @Nullable String retryAfter) {
            return new Answer(status, parsed(body), RetryAfter.of(retryAfter));
        }

        /** Whether the server refused the token. */
        boolean refused() {
            return status == 403 || status == 401;
        }

        private static @Nullable JsonObject parsed(byte[] body) {
            try {
                return JsonObject.of(Json.parse(body));
            } catch (IOException e) {
                return null; // what a proxy or a server that is cut off sends
            }
        }
    }

    /** There was no complete answer; {@code reason} says what went wrong and where. */
    record NoAnswer(String reason) implements Reply {}

    /**
     * The request could not be made, or its answer not be used, for a reason on our side.
     *
     * @param passing whether asking later may help without a change of the spec
     */
    record Unusable(String reason, boolean passing) implements Reply {}
}
