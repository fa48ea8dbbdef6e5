package dev.signet.operator.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a monotonic source that move only when told to. */
final class ManualTime extends Clock {

    private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 42;

    /** Both move on, as they do while the machine runs. */
    void pass(Duration duration) {
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    /** Only the wall clock moves, as when it is set or the machine has slept. */
    void jump(Duration duration) {
        wall = wall.plus(duration);
    }

    long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
