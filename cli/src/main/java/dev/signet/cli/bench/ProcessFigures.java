package dev.signet.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the system says of a process.
 *
 * @param cpu spent by it until now, for itself and in the kernel
 * @param rss bytes of memory held now
 * @param peak the most bytes ever held
 * @param threads of the system
 */
record ProcessFigures(Duration cpu, long rss, long peak, int threads) {

    /** A hundredth of a second, wherever Linux runs Java. */
    private static final long NANOS_PER_TICK = 10_000_000;

    // Places behind the name, which may hold spaces and ends with the last parenthesis.
    private static final int USER = 11;
    private static final int SYSTEM = 12;

    /** Empty where the system has no {@code /proc}, or the process is gone. */
    static Optional<ProcessFigures> of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            return Optional.of(
                    parse(
                            Files.readString(folder.resolve("stat")),
                            Files.readString(folder.resolve("status"))));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    static ProcessFigures parse(String stat, String status) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(words[USER]) + Long.parseLong(words[SYSTEM]);
        return new ProcessFigures(
                Duration.ofNanos(ticks * NANOS_PER_TICK),
                number(status, "VmRSS") * 1024,
                number(status, "VmHWM") * 1024,
                (int) number(status, "Threads"));
    }

    private static long number(String status, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ":\\s*(\\d+)").matcher(status);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }
}
