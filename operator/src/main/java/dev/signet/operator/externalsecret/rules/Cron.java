package dev.signet.operator.externalsecret.rules;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A cron schedule of five fields as {@code robfig/cron} v3 reads it, in UTC: minute, hour, day of
 * month, month, day of week (0 to 6, Sunday is 0).
 *
 * <p>Each field is a list of {@code *}, {@code ?}, numbers, names and ranges, with an optional step
 * ({@code 5/10} means "from 5 on"). Where both day fields are restricted, either may match; {@code
 * *} and {@code ?} count as unrestricted, {@code *}{@code /2} as restricted.
 */
record Cron(long minutes, long hours, long days, long months, long weekdays) {

    private static final long STAR = 1L << 63;
    private static final int YEARS_AHEAD = 5;
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> WEEKDAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Map<String, String> DESCRIPTORS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    /** The schedule, or empty where {@code text} is none. */
    static Optional<Cron> parse(String text) {
        String spec = DESCRIPTORS.getOrDefault(text, text).strip();
        String[] fields = spec.split("\\s+", -1);
        if (fields.length != 5) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Cron(
                            field(fields[0], 0, 59, List.of()),
                            field(fields[1], 0, 23, List.of()),
                            field(fields[2], 1, 31, List.of()),
                            field(fields[3], 1, 12, MONTHS),
                            field(fields[4], 0, 6, WEEKDAYS)));
        } catch (IllegalArgumentException notASchedule) {
            return Optional.empty();
        }
    }

    /**
     * The first time later than {@code after} (to the second) at which the schedule fires; empty
     * where that is not within five years.
     */
    Optional<LocalDateTime> next(LocalDateTime after) {
        LocalDateTime time = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        if (time.getSecond() != 0) {
            time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        int lastYear = time.getYear() + YEARS_AHEAD;
        while (time.getYear() <= lastYear) {
            if (!has(months, time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!dayMatches(time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!has(hours, time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!has(minutes, time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private boolean dayMatches(LocalDateTime time) {
        boolean day = has(days, time.getDayOfMonth());
        boolean weekday =
                has(weekdays, time.getDayOfWeek().getValue() % DayOfWeek.SUNDAY.getValue());
        boolean unrestricted = (days & STAR) != 0 || (weekdays & STAR) != 0;
        return unrestricted ? day && weekday : day || weekday;
    }

    private static boolean has(long set, int value) {
        return (set & (1L << value)) != 0;
    }

    private static long field(String field, int min, int max, List<String> names) {
        long set = 0;
        for (String part : field.split(",", -1)) {
            if (!part.isEmpty()) {
                set |= range(part, min, max, names);
            }
        }
        return set;
    }

    private static long range(String part, int min, int max, List<String> names) {
        String[] rangeAndStep = part.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        require(rangeAndStep.length <= 2);
        boolean star = ends[0].equals("*") || ends[0].equals("?");
        require(star || ends.length <= 2);

        int start = star ? min : number(ends[0], min, names);
        int end = star ? max : ends.length == 1 ? start : number(ends[1], min, names);
        int step = 1;
        if (rangeAndStep.length == 2) {
            step = number(rangeAndStep[1], min, List.of());
            end = ends.length == 1 ? max : end;
        }
        require(start >= min && end <= max && start <= end && step > 0);

        long set = star && step == 1 ? STAR : 0;
        for (long value = start; value <= end; value += step) {
            set |= 1L << value;
        }
        return set;
    }

    private static int number(String text, int first, List<String> names) {
        int index = names.indexOf(text.toLowerCase(Locale.ROOT));
        return index >= 0 ? index + first : Integer.parseInt(text);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a cron field");
        }
    }
}
