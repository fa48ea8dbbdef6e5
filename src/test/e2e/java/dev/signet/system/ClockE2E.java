package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.AuditLog;
import dev.signet.testbed.SharedControlPlane;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that is set forward or back by an hour while the operator runs. */
class ClockE2E {

    private static final int SIZE = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A refresh may come a tenth early. */
    private static final Duration EARLIEST = Duration.ofMillis(1800);

    /** Less than the hour, so that a refresh put off by it is missed. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void rotationsArriveWhenTheClockIsMoved(long hours) throws Exception {
        MovedClock clock = new MovedClock();
        try (Space space = Space.fresh();
                RotatingFleet fleet =
                        RotatingFleet.of(space, SIZE).applied(INTERVAL.toSeconds() + "s");
                RunningOperator operator =
                        RunningOperator.by(
                                SharedControlPlane.get().kubeconfig(), space.namespace(), clock)) {
            fleet.awaitAllRight(PATIENCE);
            AuditLog audit = fleet.bao().audit().fromNow();

            long moved = System.nanoTime();
            clock.move(Duration.ofHours(hours));
            fleet.rotateAll();
            fleet.awaitAllRight(PATIENCE);
            Thread.sleep(INTERVAL.multipliedBy(2));

            assertThat(operator.fatal()).isEmpty();
            long reads = audit.kvReads();
            // Each as often as in any such time, once for its begin, and once for the clock.
            long turns = 2 + Duration.ofNanos(System.nanoTime() - moved).dividedBy(EARLIEST);
            assertThat(reads).isBetween((long) SIZE, SIZE * turns);
            fleet.rotateAll();
            fleet.awaitAllRight(PATIENCE);
            fleet.assertNothingWasEverWrong();
        }
    }
}
