package dev.signet.provider.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call came to. */
sealed interface Reply<T> {

    /** The service answered. */
    record Ok<T>(T value) implements Reply<T> {}

    /** The service, or what stood in its place, answered with an error. */
    record Refused<T>(ServiceError error) implements Reply<T> {}

    /**
     * There is no answer to go by.
     *
     * @param reason a whole sentence without its full stop
     */
    record NoAnswer<T>(String reason) implements Reply<T> {}

    /**
     * An error of a service.
     *
     * @param code its name; empty where the answer is not of AWS's making
     * @param message its text, to be searched for known phrases and never shown
     * @param retryAfter how long the service asks to be left alone
     */
    record ServiceError(String code, int status, String message, Optional<Duration> retryAfter) {

        private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");

        /** An error as it came; a code that is none is dropped. */
        static ServiceError of(
                @Nullable String code,
                int status,
                @Nullable String message,
                Optional<Duration> retryAfter) {
            boolean known = code != null && CODE.matcher(code).matches();
            return new ServiceError(
                    known && code != null ? code : "",
                    status,
                    message == null ? "" : message,
                    retryAfter);
        }

        /** Leaves out the message, which may quote a value. */
        @Override
        public String toString() {
            return "ServiceError[" + code + ", " + status + "]";
        }
    }
}
