package dev.signet.cli.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, and gives up. */
final class Patience {

    private static final Duration STEP = Duration.ofMillis(20);

    private Patience() {}

    /** Looks every few milliseconds until it holds. */
    static void until(String what, Duration limit, BooleanSupplier condition) {
        until(what, limit, STEP, condition);
    }

    /** Looks at this interval until it holds. */
    static void until(String what, Duration limit, Duration step, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchException(
                        "waited %d s in vain for %s".formatted(limit.toSeconds(), what));
            }
            pause(step);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
