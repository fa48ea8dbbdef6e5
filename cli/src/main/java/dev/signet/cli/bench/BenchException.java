package dev.signet.cli.bench;

/** A measurement could not be made. The message is one line that may be shown. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
