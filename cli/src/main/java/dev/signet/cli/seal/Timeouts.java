package dev.signet.cli.seal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as kubectl's {@code --request-timeout} takes them. */
final class Timeouts {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final String WRONG =
            "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)";

    private Timeouts() {}

    /** The duration; zero for none. */
    static Duration parse(String text) throws SealException {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        Matcher part = PART.matcher(text);
        double millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis += Double.parseDouble(part.group(1)) * millisOf(part.group(2));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new SealException(WRONG);
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static long millisOf(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
