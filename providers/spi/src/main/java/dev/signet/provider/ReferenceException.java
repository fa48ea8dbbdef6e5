package dev.signet.provider;

/**
 * A reference could not be read. The message names the object and the remedy, and never a value.
 */
public final class ReferenceException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** The object, or the key in it, does not exist. */
        MISSING,
        /** The rules of this operator or of the API server forbid it. */
        DENIED,
        /** The API server could not answer. */
        UNAVAILABLE
    }

    private final Cause reason;
    private final String text;

    public ReferenceException(Cause reason, String message) {
        super(message);
        this.reason = reason;
        this.text = message;
    }

    /** Why it could not be read. */
    public Cause reason() {
        return reason;
    }

    /** The message. */
    public String text() {
        return text;
    }

    /**
     * This failure as an answer to a read. A credential that is missing makes the store unusable;
     * it does not make the remote secret missing.
     */
    public <T> ReadOutcome<T> outcome() {
        return switch (reason) {
            case MISSING, DENIED -> new ReadOutcome.Invalid<>(text);
            case UNAVAILABLE -> new ReadOutcome.Unavailable<>(text);
        };
    }
}
