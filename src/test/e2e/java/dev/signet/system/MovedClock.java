package dev.signet.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, and how far it was moved. */
final class MovedClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

    void move(Duration by) {
        offset = by;
    }

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(offset);
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
