package dev.signet.system;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.FaultRelay;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections to the API server that die in silence, as when a route or a load balancer loses them:
 * nobody closes them, and nothing comes any more.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfOpenE2E {

    private static final int SIZE = 20;

    private final ControlPlane plane = SharedControlPlane.get();
    private FaultRelay relay;
    private FleetOnTrial trial;
    private RotatingFleet fleet;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        relay = FaultRelay.before(plane.server());
        trial = FleetOnTrial.launch(folder, plane.kubeconfigBy(relay), SIZE, "3s");
        fleet = trial.fleet();
        fleet.awaitAllRight(FleetOnTrial.RECOVERY);
    }

    @AfterAll
    void stop() {
        trial.close();
        relay.close();
    }

    @Test
    void halfOpenRequestsEndAndRotationsArriveAgain() {
        relay.killConnections();
        fleet.rotateAll();

        trial.assertAllEndsRight();
    }

    @Test
    void halfOpenWatchIsFoundAndChangesArriveAgain() {
        relay.killConnections();
        trial.applyAnother("later");

        trial.awaitAnother("later");
        trial.space().delete(Kind.SECRET, "later");
        trial.awaitAnother("later");
        trial.assertAllEndsRight();
    }

    @Test
    void minuteOfSilenceLosesNoRotation() throws Exception {
        relay.silence(true);
        fleet.rotateAll();
        trial.applyAnother("in-silence");
        Thread.sleep(Duration.ofSeconds(60));
        fleet.rotateAll();
        relay.silence(false);

        trial.awaitAnother("in-silence");
        trial.assertAllEndsRight();
    }
}
