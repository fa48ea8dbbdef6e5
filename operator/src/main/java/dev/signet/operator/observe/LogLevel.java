package dev.signet.operator.observe;

import ch.qos.logback.classic.Level;
import java.util.Locale;

/** From which severity on the operator logs. */
public enum LogLevel {
    /** Everything, for finding faults. */
    DEBUG,
    /** What was done. */
    INFO,
    /** What may need attention. */
    WARN,
    /** What failed. */
    ERROR;

    /** What the operator's own loggers write. */
    Level ownLevel() {
        return switch (this) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /** What other libraries may log: warnings, but their normal course when finding faults. */
    Level libraryLevel() {
        // Never their debug level: HTTP clients write request bodies there, which hold credentials.
        return switch (this) {
            case DEBUG -> Level.INFO;
            case INFO, WARN -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    /**
     * Reads a level as {@code --loglevel} takes it, in any case. The names above error that
     * External Secrets knows (dpanic, panic, fatal) mean error.
     *
     * @throws IllegalArgumentException with one line that names what is expected
     */
    public static LogLevel parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "debug" -> DEBUG;
            case "info", "" -> INFO;
            case "warn", "warning" -> WARN;
            case "error", "dpanic", "panic", "fatal" -> ERROR;
            default ->
                    throw new IllegalArgumentException(
                            "log level '"
                                    + text
                                    + "' is not one of debug, info, warn, error, dpanic, panic,"
                                    + " fatal");
        };
    }
}
