package dev.signet.cli.manifest;

/** A manifest is not what it has to be. The message may be shown: it holds no value of it. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With a message for people. */
    public ManifestException(String message) {
        super(message);
    }
}
