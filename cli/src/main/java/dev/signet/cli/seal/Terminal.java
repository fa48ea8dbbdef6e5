package dev.signet.cli.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells whether somebody sits before standard input; where the system does not say, nobody does.
 */
final class Terminal {

    // The console of the JVM would tell it too, and takes long to start.
    private static final Path INPUT = Path.of("/proc/self/fd/0");
    private static final List<String> DEVICES = List.of("/dev/pts/", "/dev/tty", "/dev/console");

    private Terminal() {}

    static boolean isInput() {
        try {
            String device = Files.readSymbolicLink(INPUT).toString();
            return DEVICES.stream().anyMatch(device::startsWith);
        } catch (IOException | UnsupportedOperationException e) {
            return isTerminalElsewhere();
        }
    }

    // As on macOS, which has no /proc.
    private static boolean isTerminalElsewhere() {
        try {
            return new ProcessBuilder("test", "-t", "0")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
