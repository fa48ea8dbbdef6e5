package dev.signet.provider.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the identity may read several values in one call. Once refused, it is not tried again for
 * an hour: a permission that is given later is noticed without a new session.
 */
final class BatchPermission {

    static final Duration REMEMBERED = Duration.ofHours(1);

    /** Refusals in a row that may have been meant for one of the values, until all is doubted. */
    static final int DOUBTFUL = 3;

    private final Clock clock;
    private final AtomicInteger doubtful = new AtomicInteger();
    private volatile Instant refusedUntil = Instant.MIN;

    BatchPermission(Clock clock) {
        this.clock = clock;
    }

    boolean isGiven() {
        return !clock.instant().isBefore(refusedUntil);
    }

    /** Takes note of a refusal. */
    void refused() {
        refused(true);
    }

    /**
     * Takes note of a refusal.
     *
     * @param certain whether it was meant for the call itself, and not for a value in it
     */
    void refused(boolean certain) {
        if (certain || doubtful.incrementAndGet() >= DOUBTFUL) {
            doubtful.set(0);
            refusedUntil = clock.instant().plus(REMEMBERED);
        }
    }
}
