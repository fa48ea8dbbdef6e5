package dev.signet.cli;

/** A command could not do its work. The message is one line that may be shown. */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
