package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.Seed;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that dies at any moment, without a word, and is started again. */
@Tag("long")
class KillE2E {

    private static final int SIZE = 1000;
    private static final int KILLS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PAUSE_BETWEEN_ROTATIONS = Duration.ofMillis(20);

    @TempDir private Path folder;

    private final Seed seed = Seed.ofThisRun();

    @Test
    void killedThirtyTimesLeavesEachOfAThousandSecretsRight() throws Exception {
        Random random = seed.random("kills");
        try (Space space = Space.fresh();
                RotatingFleet fleet = RotatingFleet.of(space, SIZE).applied("15s")) {
            fleet.beginRotating(seed.random("rotations"), PAUSE_BETWEEN_ROTATIONS);
            int before = 0;
            int productive = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (SignetProcess signet = launch(space, kill)) {
                    awaitProgressOf(kill, fleet);
                    Thread.sleep(random.nextInt(2_000));
                    assertThat(signet.isAlive()).isTrue();
                    signet.kill();
                }
                productive += fleet.statesSeen() > before ? 1 : 0;
                before = fleet.statesSeen();
            }
            assertThat(productive).as("runs that wrote before they died").isGreaterThan(KILLS / 2);
            try (SignetProcess last = launch(space, KILLS)) {
                Thread.sleep(Duration.ofSeconds(5));
                fleet.endRotating();
                fleet.awaitAllRight(PATIENCE);
                assertThat(last.isAlive()).isTrue();
            }
            fleet.assertNothingWasEverWrong();
        }
    }

    /**
     * Every third run may die before it has begun to work. The others are let go on until they
     * write, so that a slow machine has them killed amidst work, too.
     */
    private static void awaitProgressOf(int kill, RotatingFleet fleet) {
        if (kill % 3 != 2) {
            int before = fleet.statesSeen();
            Space.await(PATIENCE, () -> assertThat(fleet.statesSeen()).isGreaterThan(before));
        }
    }

    private SignetProcess launch(Space space, int number) throws Exception {
        return SignetProcess.launch(
                Files.createDirectory(folder.resolve("run-" + number)),
                SharedControlPlane.get().kubeconfig(),
                List.of("--namespace=" + space.namespace()));
    }
}
