package dev.signet.testbed;

/**
 * Hears what takes long: downloads, builds, waiting for another run. Lines come from any thread,
 * one call a line, without a line end.
 */
@FunctionalInterface
public interface Progress {

    /** Called with one line of plain text. */
    void line(String line);

    /** Hears nothing. */
    static Progress silent() {
        return line -> {};
    }

    /** Writes to standard error. */
    static Progress toStandardError() {
        return line -> System.err.println("testbed: " + line);
    }
}
