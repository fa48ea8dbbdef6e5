package dev.signet.operator.store;

/** A store cannot be used as its spec stands. The message names the field and the remedy. */
public final class StoreProblemException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    public StoreProblemException(String message) {
        super(message);
        this.text = message;
    }

    /** The message. */
    public String text() {
        return text;
    }
}
