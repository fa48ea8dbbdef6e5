package dev.signet.cli.seal.set;

/** A file cannot be changed. The message may be shown: it holds no value. */
public final class SetException extends Exception {

    private static final long serialVersionUID = 1L;

    SetException(String message) {
        super(message);
    }
}
