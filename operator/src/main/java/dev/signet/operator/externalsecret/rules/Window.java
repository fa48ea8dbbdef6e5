package dev.signet.operator.externalsecret.rules;

import dev.signet.api.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A time that comes again and again: it begins when a schedule fires and lasts for a while. */
sealed interface Window {

    /** No two beginnings of one window are closer than this. */
    Duration SHORTEST_PERIOD = Duration.ofSeconds(1);

    /** Begins a schedule that is a mere period. */
    String EVERY = "@every ";

    /** How long it lasts. */
    Duration length();

    /** The first beginning at or after {@code time}; empty where there is none in five years. */
    Optional<Instant> beginFrom(Instant time);

    /** The end of the latest of the windows that {@code time} is in; empty where it is in none. */
    default Optional<Instant> endAround(Instant time) {
        return beginFrom(time.minus(length()))
                .filter(begin -> !begin.isAfter(time))
                .map(begin -> lastBegin(begin, time).plus(length()));
    }

    /**
     * The last beginning up to {@code time}, given an earlier one. Windows may overlap by the
     * thousand, so it is searched for by halves.
     */
    private Instant lastBegin(Instant begin, Instant time) {
        Instant last = begin;
        Instant bound = time.plusNanos(1);
        while (Duration.between(last, bound).compareTo(SHORTEST_PERIOD) > 0) {
            Instant middle = last.plus(Duration.between(last, bound).dividedBy(2));
            Optional<Instant> later = beginFrom(middle).filter(b -> !b.isAfter(time));
            if (later.isPresent()) {
                last = later.get();
            } else {
                bound = middle;
            }
        }
        return last;
    }

    /** Whether {@code time} is in a window. Its last instant counts, as in External Secrets. */
    default boolean covers(Instant time) {
        return beginFrom(time.minus(length())).filter(begin -> !begin.isAfter(time)).isPresent();
    }

    /**
     * The window that a spec describes; empty where its schedule or its duration cannot be read.
     */
    static Optional<Window> parse(String schedule, String duration) {
        Optional<Duration> length = duration(duration).filter(d -> !d.isNegative());
        if (length.isEmpty()) {
            return Optional.empty();
        }
        if (schedule.startsWith(EVERY)) {
            return duration(schedule.substring(EVERY.length()))
                    .map(period -> new Every(wholeSeconds(period), length.get()));
        }
        return Cron.parse(schedule).map(cron -> new Calendar(cron, length.get()));
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(GoDuration.parse(text));
        } catch (DateTimeParseException noDuration) {
            return Optional.empty();
        }
    }

    private static long wholeSeconds(Duration period) {
        return Math.max(1, period.toSeconds());
    }

    /** Begins at the times of a cron schedule, in UTC. */
    record Calendar(Cron cron, Duration length) implements Window {

        @Override
        public Optional<Instant> beginFrom(Instant time) {
            LocalDateTime before = LocalDateTime.ofInstant(time.minusNanos(1), ZoneOffset.UTC);
            return cron.next(before).map(next -> next.toInstant(ZoneOffset.UTC));
        }
    }

    /**
     * Begins every so many seconds, counted from the Unix epoch: a count from when the process
     * started would move with each restart.
     */
    record Every(long seconds, Duration length) implements Window {

        @Override
        public Optional<Instant> beginFrom(Instant time) {
            long second = time.getNano() == 0 ? time.getEpochSecond() : time.getEpochSecond() + 1;
            return Optional.of(Instant.ofEpochSecond(Math.ceilDiv(second, seconds) * seconds));
        }
    }
}
