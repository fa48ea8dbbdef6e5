package dev.signet.operator.sealedsecret.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the next key is to be made.
 *
 * @param period after the newest key's time; zero for never
 * @param cutoff keys from before it are replaced once it has come; absent for none
 */
record RenewalPlan(Duration period, @Nullable Instant cutoff) {

    /** Certificates tell time in seconds; two of one second could not be told apart. */
    private static final Duration STEP = Duration.ofSeconds(1);

    /** When a key is due after the newest; empty where it never is. */
    Optional<Instant> due(Instant newest) {
        @Nullable Instant due = null;
        if (period.isPositive()) {
            due = newest.plus(period);
        }
        if (cutoff != null && newest.isBefore(cutoff) && (due == null || cutoff.isBefore(due))) {
            due = cutoff;
        }
        return Optional.ofNullable(due);
    }

    /**
     * The start of a new key's certificate. It is later than the newest key's, even where that was
     * made by a clock that was ahead: else the new key would not become the newest.
     */
    static Instant start(Instant now, Optional<Instant> newest) {
        return newest.map(time -> time.plus(STEP)).filter(next -> next.isAfter(now)).orElse(now);
    }
}
