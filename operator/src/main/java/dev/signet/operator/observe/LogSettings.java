package dev.signet.operator.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the operator logs.
 *
 * @param level from which severity on
 * @param time how JSON lines tell the time
 * @param form how a line looks
 */
public record LogSettings(LogLevel level, TimeEncoding time, Form form) {

    /** How a line looks. */
    public enum Form {
        /** One JSON object, for a collector. */
        JSON,
        /** Words, for a reader. */
        TEXT
    }

    /** Text when standard error is a terminal, else JSON. */
    public static LogSettings of(LogLevel level, TimeEncoding time) {
        return new LogSettings(level, time, errorIsTerminal() ? Form.TEXT : Form.JSON);
    }

    private static boolean errorIsTerminal() {
        return isTerminal(Path.of("/proc/self/fd/2"));
    }

    /** Whether this link of the kernel's leads to a terminal; no where there are none such. */
    static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
