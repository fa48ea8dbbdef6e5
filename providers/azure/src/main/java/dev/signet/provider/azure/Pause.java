package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps to what a server asks for when it is busy: until then nobody asks it, and all are told to
 * come back.
 */
final class Pause {

    /** A server that asks for more is asked again nevertheless. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    // Of two who come at once either may win: their answers are of one moment.
    private volatile Rest rest = new Rest(Instant.MIN, "");

    Pause(Clock clock) {
        this.clock = clock;
    }

    /** Unavailable, while the server wants to be left alone. */
    <T> Optional<ReadOutcome<T>> now() {
        Rest current = rest;
        Instant now = clock.instant();
        return now.isBefore(current.until())
                ? Optional.of(
                        new ReadOutcome.Unavailable<>(
                                current.reason(),
                                Optional.of(Duration.between(now, current.until()))))
                : Optional.empty();
    }

    /** Takes note of what the server answered, and returns it. */
    <T> ReadOutcome<T> after(ReadOutcome<T> outcome) {
        if (outcome instanceof ReadOutcome.Unavailable<T>(String reason, var asked)
                && asked.isPresent()) {
            Duration pause = asked.get().compareTo(LONGEST) > 0 ? LONGEST : asked.get();
            rest = new Rest(clock.instant().plus(pause), reason);
        }
        return outcome;
    }

    private record Rest(Instant until, String reason) {}
}
