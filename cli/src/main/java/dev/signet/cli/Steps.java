package dev.signet.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells what a longer command does, a line a step, with the time since its start. */
final class Steps {

    private final PrintWriter out;
    private final long begun = System.nanoTime();

    Steps(PrintWriter out) {
        this.out = out;
    }

    /** Says what was done. */
    void done(String what, String result) {
        out.println(
                String.format(Locale.ROOT, "[%6.2f s] %-20s %s", seconds(elapsed()), what, result));
        out.flush();
    }

    /** The time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
