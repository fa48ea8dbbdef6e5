package dev.signet.sealed;

/** Something is not what it should be: a certificate, a key, a manifest. Holds no value. */
public final class SealedFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, in one line. */
    public SealedFormatException(String message) {
        super(message);
    }
}
