package dev.signet.cli.bench;

import java.time.Duration;

/** How long is waited before a measurement is given up. */
final class Limits {

    private Limits() {}

    /** For a fleet to be synced, by whichever operator: at least eight a second. */
    static Duration sync(int objects) {
        return Duration.ofMinutes(5).plus(Duration.ofMillis(125L * objects));
    }
}
