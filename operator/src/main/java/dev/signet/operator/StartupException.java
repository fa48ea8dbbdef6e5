package dev.signet.operator;

/** The operator cannot start. The message is one line: what, where, and what to do. */
public final class StartupException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    public StartupException(String message) {
        super(message);
        this.text = message;
    }

    /** The message. */
    public String text() {
        return text;
    }
}
