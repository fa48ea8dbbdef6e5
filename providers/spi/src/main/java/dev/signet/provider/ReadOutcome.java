package dev.signet.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * What a backend answered. Only {@link Missing} may ever lead to something being deleted.
 *
 * <p>Every text in an outcome is shown to users in conditions and events: it names what was asked
 * for and never holds a secret value or a response body.
 *
 * @param <T> what was found
 */
public sealed interface ReadOutcome<T> {

    /** The backend has it. */
    record Found<T>(T value) implements ReadOutcome<T> {}

    /**
     * The backend answered, with authority, that there is no such secret. {@code what} names it.
     */
    record Missing<T>(String what) implements ReadOutcome<T> {}

    /** The backend refused access, or refused the login. */
    record Denied<T>(String reason) implements ReadOutcome<T> {}

    /**
     * The backend could not be asked, is busy or failed; asking again later may help.
     *
     * @param retryAfter how long the backend asks to be left alone, where it said so
     */
    record Unavailable<T>(String reason, Optional<Duration> retryAfter) implements ReadOutcome<T> {

        /** Unavailable, with no word from the backend on when to come back. */
        public Unavailable(String reason) {
            this(reason, Optional.empty());
        }
    }

    /**
     * The question cannot be answered as asked (a property that is not there, a bad path, a missing
     * credential).
     */
    record Invalid<T>(String reason) implements ReadOutcome<T> {}

    /**
     * The same answer for a caller who asked for something else; only for outcomes that found
     * nothing.
     */
    @SuppressWarnings("unchecked") // no outcome but Found holds a T
    default <U> ReadOutcome<U> withoutValue() {
        if (this instanceof Found<T>) {
            throw new IllegalStateException("a found value cannot change its type");
        }
        return (ReadOutcome<U>) this;
    }
}
