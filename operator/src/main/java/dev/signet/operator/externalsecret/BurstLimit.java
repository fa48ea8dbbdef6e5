package dev.signet.operator.externalsecret;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets an object be looked at twenty times in a row, and then twice a second: nobody notices,
 * unless two controllers write one Secret against each other, which would otherwise read the
 * backend as fast as it goes.
 *
 * <p>Our own, because the framework's limiter gives the elapsed instead of the remaining time.
 */
public final class BurstLimit implements RateLimiter<BurstLimit.Bucket> {

    private static final long BURST = 20;
    private static final long NANOS_PER_LOOK = Duration.ofMillis(500).toNanos();

    private final LongSupplier nanos;

    /** Goes by the system's clock. */
    public BurstLimit() {
        this(System::nanoTime);
    }

    BurstLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How much one object has left. The framework uses it under its own lock. */
    public static final class Bucket implements RateLimitState {

        /** The time at which the bucket is, or was, full again. */
        private long fullAt;

        Bucket(long now) {
            this.fullAt = now;
        }
    }

    @Override
    public Optional<Duration> isLimited(RateLimitState state) {
        if (!(state instanceof Bucket bucket)) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        long base = bucket.fullAt - now > 0 ? bucket.fullAt : now;
        long wait = base + NANOS_PER_LOOK - now - BURST * NANOS_PER_LOOK;
        if (wait > 0) {
            return Optional.of(Duration.ofNanos(wait));
        }
        bucket.fullAt = base + NANOS_PER_LOOK;
        return Optional.empty();
    }

    @Override
    public Bucket initState() {
        return new Bucket(nanos.getAsLong());
    }
}
