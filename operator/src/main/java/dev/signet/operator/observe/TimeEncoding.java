package dev.signet.operator.observe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How the field {@code ts} of a log line tells the time, always in UTC. */
public enum TimeEncoding {
    /** Seconds since 1970 as a number with fractions. */
    EPOCH,
    /** Milliseconds since 1970 as a number with fractions. */
    MILLIS,
    /** Nanoseconds since 1970 as a whole number. */
    NANO,
    /** Text with milliseconds: {@code 2026-01-31T12:00:00.000Z}. */
    ISO8601,
    /** Text with seconds: {@code 2026-01-31T12:00:00Z}. */
    RFC3339,
    /** Text with as many digits as there are: {@code 2026-01-31T12:00:00.123456789Z}. */
    RFC3339NANO;

    private static final DateTimeFormatter WITH_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_NANOS =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendLiteral('Z')
                    .toFormatter(Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /**
     * Reads an encoding as {@code --zap-time-encoding} takes it, in any case.
     *
     * @throws IllegalArgumentException with one line that names what is expected
     */
    public static TimeEncoding parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "epoch", "" -> EPOCH;
            case "millis" -> MILLIS;
            case "nano", "nanos" -> NANO;
            case "iso8601" -> ISO8601;
            case "rfc3339" -> RFC3339;
            case "rfc3339nano" -> RFC3339NANO;
            default ->
                    throw new IllegalArgumentException(
                            "time encoding '"
                                    + text
                                    + "' is not one of epoch, millis, nano, iso8601, rfc3339,"
                                    + " rfc3339nano");
        };
    }

    /** The JSON value for this time: a number, or a quoted text. */
    String json(Instant time) {
        return switch (this) {
            case EPOCH -> "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
            case MILLIS -> "%d.%06d".formatted(time.toEpochMilli(), belowMillis(time));
            case NANO -> "%d%09d".formatted(time.getEpochSecond(), time.getNano());
            case ISO8601 -> quoted(WITH_MILLIS.format(time));
            case RFC3339 -> quoted(WITH_SECONDS.format(time));
            case RFC3339NANO -> quoted(WITH_NANOS.format(time));
        };
    }

    private static long belowMillis(Instant time) {
        return time.getLong(ChronoField.NANO_OF_SECOND) % 1_000_000;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
