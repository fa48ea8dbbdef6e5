package dev.signet.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param objects how many ExternalSecrets
 * @param shape which work
 * @param runs how often; the median is told
 * @param concurrent the most syncs at once, of the operator and of the floor
 * @param duration how long the fleet is changed, for {@link Shape#CHURN}
 * @param command how another operator is started, in words; empty for this one
 * @param recording where a flight recording of the operator goes, if one is wanted
 */
public record BenchSettings(
        int objects,
        Shape shape,
        int runs,
        int concurrent,
        Duration duration,
        String command,
        @Nullable Path recording) {

    /** Makes room for the next run; after the last, all is thrown away in any case. */
    void cleanUp(Fleet fleet, int run) {
        if (run < runs) {
            fleet.delete();
        }
    }

    /** Whether it is this operator that runs, so that all its figures are to be had. */
    boolean own() {
        return command.isEmpty();
    }
}
