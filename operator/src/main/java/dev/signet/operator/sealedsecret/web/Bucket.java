package dev.signet.operator.sealedsecret.web;

import java.time.Duration;

/**
 * How often something may happen: the generic cell rate algorithm (ITU-T I.371). A bucket's whole
 * state is the time at which it is empty again, which may be forgotten once it has passed.
 *
 * @param interval between two in the long run
 * @param tolerance how far ahead of its time one may come
 */
record Bucket(long interval, long tolerance) {

    /** So many each second, and {@code burst} more at once. */
    static Bucket of(double perSecond, int burst) {
        long interval = Math.max(1, Math.round(Duration.ofSeconds(1).toNanos() / perSecond));
        return new Bucket(interval, Math.multiplyExact(interval, burst + 1L));
    }

    /**
     * What comes of one more.
     *
     * @param emptyAt the state, in nanoseconds since some time
     */
    Verdict ask(long emptyAt, long now) {
        // Differences, for such clocks may overflow.
        long ahead = Math.max(0, emptyAt - now);
        long next = ahead + interval;
        boolean allowed = next <= tolerance;
        long level = allowed ? next : ahead;
        return new Verdict(
                allowed,
                now + level,
                (tolerance - level) / interval,
                level,
                allowed ? 0 : next - tolerance);
    }

    /** The most at once. */
    long limit() {
        return tolerance / interval;
    }

    /**
     * @param allowed whether it may happen
     * @param emptyAt the state after it
     * @param remaining how many more may happen now
     * @param reset nanoseconds until the bucket is empty
     * @param retry nanoseconds until one may happen; 0 where it may
     */
    record Verdict(boolean allowed, long emptyAt, long remaining, long reset, long retry) {}
}
