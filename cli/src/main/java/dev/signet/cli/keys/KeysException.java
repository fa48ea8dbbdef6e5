package dev.signet.cli.keys;

/** Keys could not be kept safe or brought back. The message is one line that may be shown. */
public final class KeysException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysException(String message) {
        super(message);
    }
}
