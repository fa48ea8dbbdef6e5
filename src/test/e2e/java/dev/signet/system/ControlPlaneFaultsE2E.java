package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.ProxiedRequest;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that is away, frozen, or has forgotten, while values are rotated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlPlaneFaultsE2E {

    private static final int SIZE = 30;

    private final ControlPlane plane = SharedControlPlane.get();
    private FaultProxy proxy;
    private FleetOnTrial trial;
    private RotatingFleet fleet;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        proxy = FaultProxy.before(plane);
        trial = FleetOnTrial.launch(folder, plane.kubeconfigBy(proxy), SIZE, "3s");
        fleet = trial.fleet();
        fleet.awaitAllRight(FleetOnTrial.RECOVERY);
    }

    @AfterAll
    void stop() {
        trial.close();
        proxy.close();
    }

    @Test
    @Tag("long")
    void apiServerAwayForAMinuteLosesNoRotation(TestInfo test) throws Exception {
        plane.stopApiServer();
        try {
            Thread.sleep(Duration.ofSeconds(20));
            fleet.rotateAll();
            Thread.sleep(Duration.ofSeconds(40));
        } finally {
            plane.startApiServer();
        }
        assertAllEndsRight(test);
    }

    @Test
    @Tag("long")
    void etcdFrozenForHalfAMinuteLosesNoRotation(TestInfo test) throws Exception {
        plane.pauseEtcd();
        try {
            fleet.rotateAll();
            Thread.sleep(Duration.ofSeconds(30));
        } finally {
            plane.resumeEtcd();
        }
        assertAllEndsRight(test);
    }

    @Test
    void forgottenHistoryIsReadAnew(TestInfo test) {
        proxy.lookFor("\"code\":410");
        int lists = proxy.count(ControlPlaneFaultsE2E::listsExternalSecrets);
        proxy.silence(true);
        fleet.applied("2s");
        plane.compactEtcd();
        plane.stopApiServer();
        plane.startApiServer();
        fleet.rotateAll();

        proxy.silence(false);
        proxy.cutConnections();

        Space.await(
                FleetOnTrial.RECOVERY,
                () -> {
                    assertThat(proxy.sightings("\"code\":410")).isPositive();
                    assertThat(proxy.count(ControlPlaneFaultsE2E::listsExternalSecrets))
                            .isGreaterThan(lists);
                });
        assertAllEndsRight(test);
    }

    private static boolean listsExternalSecrets(ProxiedRequest request) {
        return request.method().equals("GET")
                && request.on("/externalsecrets?")
                && !request.watches();
    }

    /** Also for what is made and removed once all is well again, which only a watch tells of. */
    private void assertAllEndsRight(TestInfo test) {
        fleet.awaitAllRight(FleetOnTrial.RECOVERY);
        String later =
                "later-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        trial.applyAnother(later);
        trial.awaitAnother(later);
        trial.assertAllEndsRight();
    }
}
