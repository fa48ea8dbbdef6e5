package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.FaultRelay;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    private final ControlPlane plane = SharedControlPlane.get();
    private Space space;
    private RotatingFleet fleet;
    private FaultRelay relay;
    private SignetProcess signet;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        space = Space.fresh();
        fleet = RotatingFleet.of(space, SIZE).applied("3s");
        relay = FaultRelay.before(plane.server());
        signet =
                SignetProcess.launch(
                        folder,
                        plane.kubeconfigBy(relay),
                        List.of("--namespace=" + space.namespace()));
        fleet.awaitAllRight(RECOVERY);
    }

    @AfterAll
    void stop() {
        signet.close();
        relay.close();
        fleet.close();
        space.close();
    }

    @Test
    void halfOpenRequestsEndAndRotationsArriveAgain() {
        relay.killConnections();
        fleet.rotateAll();

        fleet.awaitAllRight(RECOVERY);
        assertNothingWasLost();
    }

    @Test
    void halfOpenWatchIsFoundAndChangesArriveAgain() {
        relay.killConnections();
        apply("later");

        awaitUser("later");
        space.delete(Kind.SECRET, "later");
        awaitUser("later");
        assertNothingWasLost();
    }

    @Test
    void minuteOfSilenceLosesNoRotation() throws Exception {
        relay.silence(true);
        fleet.rotateAll();
        apply("in-silence");
        Thread.sleep(Duration.ofSeconds(60));
        fleet.rotateAll();
        relay.silence(false);

        fleet.awaitAllRight(RECOVERY);
        awaitUser("in-silence");
        assertNothingWasLost();
    }

    private void apply(String name) {
        space.apply(
                Manifests.externalSecret(name)
                        .from("vault")
                        .data("user", RotatingFleet.name(0), "user")
                        .yaml());
    }

    private void awaitUser(String name) {
        Space.await(RECOVERY, () -> assertThat(space.data(name)).containsOnlyKeys("user"));
    }

    private void assertNothingWasLost() {
        assertThat(signet.isAlive()).as(signet.output()).isTrue();
        fleet.assertNothingWasEverWrong();
    }
}
