package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.FaultRelay;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections to the API server that die in silence, as when a route or a load balancer loses them:
 * nobody closes them, and nothing comes any more.
 */
@Tag("long")
class HalfOpenE2E {

    private static final int SIZE = 20;
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final ControlPlane plane = SharedControlPlane.get();
    @TempDir private Path folder;

    @Test
    void halfOpenRequestsEndAndRotationsArriveAgain() throws Exception {
        try (FaultRelay relay = FaultRelay.before(plane.server());
                Space space = Space.fresh();
                RotatingFleet fleet = RotatingFleet.of(space, SIZE).applied("3s");
                SignetProcess signet = launch(relay, space)) {
            fleet.awaitAllRight(Duration.ofMinutes(1));

            relay.killConnections();
            fleet.rotateAll();

            fleet.awaitAllRight(RECOVERY);
            assertThat(signet.isAlive()).isTrue();
            fleet.assertNothingWasEverWrong();
        }
    }

    @Test
    void halfOpenWatchIsFoundAndChangesArriveAgain() throws Exception {
        try (FaultRelay relay = FaultRelay.before(plane.server());
                Space space = Space.fresh();
                RotatingFleet fleet = RotatingFleet.of(space, SIZE).applied("1h");
                SignetProcess signet = launch(relay, space)) {
            fleet.awaitAllRight(Duration.ofMinutes(1));

            relay.killConnections();
            space.apply(
                    Manifests.externalSecret("later")
                            .from("vault")
                            .data("user", RotatingFleet.name(0), "user")
                            .yaml());

            Space.await(
                    RECOVERY,
                    () -> assertThat(space.data("later")).isEqualTo(Map.of("user", "u-0-1")));
            space.delete(Kind.SECRET, "later");
            Space.await(
                    RECOVERY,
                    () -> assertThat(space.data("later")).isEqualTo(Map.of("user", "u-0-1")));
            assertThat(signet.isAlive()).isTrue();
        }
    }

    private SignetProcess launch(FaultRelay relay, Space space) throws Exception {
        SignetProcess signet =
                SignetProcess.launch(
                        folder,
                        plane.kubeconfigBy(relay),
                        List.of("--namespace=" + space.namespace()));
        Space.await(signet::assertStarted);
        return signet;
    }
}
