package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;

/** A fleet that is Ready, and the operator that has made it so. */
record SyncedFleet(Fleet fleet, OperatorProcess operator) implements AutoCloseable {

    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** Makes the fleet, starts the operator and returns as soon as all are Ready. */
    static SyncedFleet start(Lab lab, BenchSettings settings, Progress progress, Fleet fleet) {
        progress.line("making the fleet");
        fleet.create(settings.concurrent());
        try (ReadyWatch watch = ReadyWatch.open(lab, fleet.size())) {
            OperatorProcess operator = OperatorProcess.start(lab, settings);
            try {
                progress.line(
                        "the operator is started; waiting for %d ExternalSecrets"
                                .formatted(fleet.size()));
                operator.awaitReady();
                watch.await(fleet.size(), Limits.sync(fleet.size()), operator::isAlive);
                return new SyncedFleet(fleet, operator);
            } catch (RuntimeException | Error e) {
                operator.close();
                throw e;
            }
        }
    }

    /** Waits until what follows the first sync is over as well. */
    SyncedFleet settled() {
        Patience.pause(SETTLE);
        return this;
    }

    @Override
    public void close() {
        operator.close();
    }
}
