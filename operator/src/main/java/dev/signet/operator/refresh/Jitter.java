package dev.signet.operator.refresh;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads refreshes that would otherwise fall together.
 *
 * <p>A refresh is only ever moved earlier, by at most a tenth, so that a value is never older than
 * its interval says. Whoever decides whether an object is due must therefore take {@link
 * #earliest(Duration)} of its interval as enough. Safe for any number of threads.
 */
public final class Jitter {

    private static final long PARTS = 10;

    private final RandomGenerator random;

    /** Jitter from this source, which need not be safe for several threads. */
    public Jitter(RandomGenerator random) {
        this.random = random;
    }

    /** A time between {@link #earliest(Duration)} of the interval and the interval itself. */
    public Duration spread(Duration interval) {
        Duration least = earliest(interval);
        return least.plus(upTo(interval.minus(least)));
    }

    /** Nine tenths of the interval: the soonest that {@link #spread} gives. */
    public static Duration earliest(Duration interval) {
        return interval.isPositive() ? interval.minus(interval.dividedBy(PARTS)) : interval;
    }

    /** A time between nothing and {@code most}, both included; nothing for a negative one. */
    public Duration upTo(Duration most) {
        long nanos = QueueTime.bounded(most);
        if (nanos <= 0) {
            return Duration.ZERO;
        }
        synchronized (random) {
            return Duration.ofNanos(random.nextLong(nanos + 1));
        }
    }
}
