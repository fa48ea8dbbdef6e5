package dev.signet.operator.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The queue's own time, in nanoseconds, which never goes back and never stands still.
 *
 * <p>It runs with the monotonic source. A wall clock that leaps ahead takes it along, because the
 * machine may have slept while the monotonic source stood still. A wall clock that falls back does
 * not, so that an entry due in a minute is not held for an hour. Not safe for several threads.
 */
final class QueueTime {

    /** Smaller differences are the two clocks' resolution and slewing, not a jump. */
    private static final long JUMP_NANOS = Duration.ofMillis(500).toNanos();

    /** Far enough to mean "never", near enough that sums do not overflow. */
    static final long FAR = Long.MAX_VALUE / 4;

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant wallAnchor;
    private long nanoAnchor;
    private long anchor;
    private Instant wallNow;

    QueueTime(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.wallAnchor = clock.instant();
        this.wallNow = wallAnchor;
        this.nanoAnchor = nanos.getAsLong();
    }

    /** The time since this object was made. */
    long now() {
        long source = nanos.getAsLong();
        long elapsed = Math.max(0, source - nanoAnchor);
        wallNow = clock.instant();
        long ahead = bounded(Duration.between(wallAnchor, wallNow)) - elapsed;
        if (Math.abs(ahead) < JUMP_NANOS) {
            return anchor + elapsed;
        }
        anchor += elapsed + Math.max(0, ahead);
        nanoAnchor = source;
        wallAnchor = wallNow;
        return anchor;
    }

    /** When the wall clock will show {@code due}, as it goes now; in the past for a past time. */
    long at(Instant due) {
        long now = now();
        return now + bounded(Duration.between(wallNow, due));
    }

    /** When {@code delay} will have passed; now for a negative one. */
    long in(Duration delay) {
        return now() + Math.max(0, bounded(delay));
    }

    /** The nanoseconds of a duration, cut off at {@link #FAR} either side. */
    static long bounded(Duration duration) {
        if (duration.toSeconds() >= FAR / 1_000_000_000) {
            return FAR;
        }
        if (duration.toSeconds() <= -FAR / 1_000_000_000) {
            return -FAR;
        }
        return duration.toNanos();
    }
}
