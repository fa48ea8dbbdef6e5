package dev.signet.cli.seal;

/** Sealing failed. The message may be shown: it holds no value. */
public final class SealException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public SealException(String message) {
        super(message);
    }
}
