package dev.signet.cli.seal;

/** The command line was not understood. */
final class FlagException extends Exception {

    private static final long serialVersionUID = 1L;

    FlagException(String message) {
        super(message);
    }
}
