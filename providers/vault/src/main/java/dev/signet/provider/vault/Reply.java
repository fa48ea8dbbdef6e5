package dev.signet.provider.vault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What came back from one request. */
sealed interface Reply {

    /**
     * The server answered.
     *
     * @param status the HTTP status
     * @param body the body, up to the size limit
     * @param retryAfter how long the server asks to be left alone
     */
    record Answer(int status, byte[] body, Optional<Duration> retryAfter) implements Reply {

        /** Whether the server refused the token. */
        boolean refused() {
            return status == 403 || status == 401;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Shows no body. */
        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
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
