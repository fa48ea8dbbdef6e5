package dev.signet.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5h}, {@code 300ms}, {@code -2s}. */
public final class GoDuration {

    private static final Pattern PART =
            Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS =
            Map.of(
                    "ns", BigDecimal.ONE,
                    "us", BigDecimal.valueOf(1_000),
                    "\u00b5s", BigDecimal.valueOf(1_000),
                    "\u03bcs", BigDecimal.valueOf(1_000),
                    "ms", BigDecimal.valueOf(1_000_000),
                    "s", BigDecimal.valueOf(1_000_000_000),
                    "m", BigDecimal.valueOf(60_000_000_000L),
                    "h", BigDecimal.valueOf(3_600_000_000_000L));
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /**
     * Reads a duration. Only {@code 0} may lack a unit; parts of a nanosecond are cut off.
     *
     * @throws DateTimeParseException where Go would not read it either, or it is beyond some 292
     *     years
     */
    public static Duration parse(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        String unsigned = text.substring(start);
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        if (unsigned.isEmpty()) {
            throw invalid(text, 0);
        }
        Matcher part = PART.matcher(text).region(start, text.length());
        BigInteger nanos = BigInteger.ZERO;
        int end = start;
        while (end < text.length()) {
            if (!part.lookingAt()) {
                throw invalid(text, end);
            }
            nanos = nanos.add(nanos(part.group(1), part.group(2)));
            end = part.end();
            part.region(end, text.length());
        }
        if (text.startsWith("-")) {
            nanos = nanos.negate();
        }
        if (nanos.compareTo(MIN) < 0 || nanos.compareTo(MAX) > 0) {
            throw invalid(text, 0);
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /** Writes a duration as Go does: {@code 1h0m0s}, {@code 1.5s}, {@code 300ms}, {@code 0s}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        String sign = duration.isNegative() ? "-" : "";
        Duration positive = duration.abs();
        long hours = positive.toHours();
        int minutes = positive.toMinutesPart();
        BigDecimal seconds =
                BigDecimal.valueOf(positive.toSecondsPart())
                        .add(BigDecimal.valueOf(positive.toNanosPart(), 9));
        if (hours > 0) {
            return sign + hours + "h" + minutes + "m" + plain(seconds) + "s";
        }
        if (minutes > 0) {
            return sign + minutes + "m" + plain(seconds) + "s";
        }
        return sign + belowAMinute(seconds);
    }

    private static String belowAMinute(BigDecimal seconds) {
        if (seconds.compareTo(BigDecimal.ONE) >= 0) {
            return plain(seconds) + "s";
        }
        BigDecimal nanos = seconds.movePointRight(9);
        if (nanos.compareTo(BigDecimal.valueOf(1_000_000)) >= 0) {
            return plain(nanos.movePointLeft(6)) + "ms";
        }
        return nanos.compareTo(BigDecimal.valueOf(1_000)) >= 0
                ? plain(nanos.movePointLeft(3)) + "\u00b5s"
                : plain(nanos) + "ns";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static BigInteger nanos(String number, String unit) {
        BigDecimal factor = Absent.or(NANOS.get(unit), BigDecimal.ZERO);
        String digits = number.endsWith(".") ? number + "0" : number;
        return new BigDecimal(digits)
                .multiply(factor)
                .setScale(0, RoundingMode.DOWN)
                .toBigIntegerExact();
    }

    private static DateTimeParseException invalid(String text, int index) {
        return new DateTimeParseException("no Go duration such as 1h30m: " + text, text, index);
    }
}
