package dev.signet.cli.seal.dir;

/** A folder cannot be sealed. The message is one line that may be shown: it holds no value. */
public final class FolderException extends Exception {

    private static final long serialVersionUID = 1L;

    FolderException(String message) {
        super(message);
    }
}
