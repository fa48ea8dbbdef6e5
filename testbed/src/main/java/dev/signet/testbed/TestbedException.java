package dev.signet.testbed;

/**
 * Something of the test bed could not be found, made, started or asked. The message says what and,
 * where somebody can do something about it, what.
 */
public final class TestbedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What failed, in one or a few lines that may be shown to a user. */
    public TestbedException(String message) {
        super(message);
    }

    /** What failed and what it was that failed underneath. */
    public TestbedException(String message, Throwable cause) {
        super(message, cause);
    }
}
