package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.AuditLog;
import dev.signet.testbed.SharedControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that is set forward or back by an hour while the operator runs. */
class ClockE2E {

    private static final int SIZE = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void rotationsArriveWhenTheClockIsMoved(long hours) throws Exception {
        MovedClock clock = new MovedClock();
        try (Space space = Space.fresh();
                RotatingFleet fleet = RotatingFleet.of(space, SIZE).applied("2s");
                RunningOperator operator =
                        RunningOperator.by(
                                SharedControlPlane.get().kubeconfig(), space.namespace(), clock)) {
            fleet.awaitAllRight(Duration.ofMinutes(1));
            AuditLog audit = fleet.bao().audit().fromNow();
            Thread.sleep(Duration.ofSeconds(4));
            long usual = audit.kvReads();

            clock.move(Duration.ofHours(hours));
            audit = fleet.bao().audit().fromNow();
            fleet.rotateAll();
            fleet.awaitAllRight(Duration.ofSeconds(30));
            Thread.sleep(Duration.ofSeconds(4));

            assertThat(operator.fatal()).isEmpty();
            assertThat(usual).as("reads in four seconds before").isPositive();
            // One read each because the clock has moved, and what is usual in twice the time.
            assertThat(audit.kvReads()).isBetween((long) SIZE, SIZE + 4 * usual);
            fleet.rotateAll();
            fleet.awaitAllRight(Duration.ofSeconds(30));
            fleet.assertNothingWasEverWrong();
        }
    }

    /** The system's clock, and how far it was moved. */
    private static final class MovedClock extends Clock {

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
}
