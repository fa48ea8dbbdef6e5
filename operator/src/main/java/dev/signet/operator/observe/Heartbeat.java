package dev.signet.operator.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tells whether what should go on goes on: it is alive while it was beaten lately. Safe for any
 * number of threads, and not moved by the wall clock.
 */
public final class Heartbeat {

    private final Duration patience;
    private final LongSupplier nanos;
    private final AtomicLong last;

    /** A heart that has just beaten and is taken for dead {@code patience} after its last beat. */
    public Heartbeat(Duration patience) {
        this(patience, System::nanoTime);
    }

    Heartbeat(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
        this.last = new AtomicLong(nanos.getAsLong());
    }

    /** Beats. */
    public void beat() {
        last.set(nanos.getAsLong());
    }

    /** How long ago it last beat. */
    public Duration age() {
        return Duration.ofNanos(Math.max(0, nanos.getAsLong() - last.get()));
    }

    /** Whether it beat lately enough. */
    public boolean alive() {
        return age().compareTo(patience) <= 0;
    }
}
