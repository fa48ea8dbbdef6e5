package dev.signet.provider.aws;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether the identity may read several values in one call. Once refused, it is not tried again for
 * an hour: a permission that is given later is noticed without a new session.
 */
final class BatchPermission {

    static final Duration REMEMBERED = Duration.ofHours(1);

    private final Clock clock;
    private volatile Instant refusedUntil = Instant.MIN;

    BatchPermission(Clock clock) {
        this.clock = clock;
    }

    boolean isGiven() {
        return !clock.instant().isBefore(refusedUntil);
    }

    /** Takes note of a refusal. */
    void refused() {
        refusedUntil = clock.instant().plus(REMEMBERED);
    }
}
