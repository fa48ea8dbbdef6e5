package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.rig.Rig;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What becomes of targets and namespaces where Kubernetes itself collects what is owned. Its
 * control plane is its own, for the collector would take Secrets that other tests hold.
 */
class DeletionIT {

    private static final Map<String, String> ONE = Map.of("a", "1");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static ControlPlane plane;

    @BeforeAll
    static void start() {
        plane = ControlPlane.builder(Binaries.discover()).start();
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig())) {
            Rig.installCrds(client);
        }
        // Started after the CRDs, it knows of them at once.
        plane.startGarbageCollector();
    }

    @AfterAll
    static void stop() {
        plane.close();
    }

    @Test
    void leavesOwnedSecretsToTheCollectorAndKeepsOrphans() {
        try (Rig rig = Rig.startOn(plane, OperatorConfig.DEFAULTS)) {
            Scene scene = new Scene(rig);
            scene.store("fake", "[{key: a, value: '1'}]");
            scene.externalSecret("owned", "fake");
            scene.externalSecret("orphan", "fake", "target: {creationPolicy: Orphan}");
            rig.awaitData("owned", ONE);
            rig.awaitData("orphan", ONE);

            scene.at("owned").delete();
            scene.at("orphan").delete();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> rig.secret("owned").isEmpty());
            assertThat(rig.data("orphan")).isEqualTo(ONE);
        }
    }

    @Test
    void neverHoldsUpANamespaceThatIsDeleted() {
        try (Rig rig = Rig.startOn(plane, OperatorConfig.DEFAULTS)) {
            Scene scene = new Scene(rig);
            scene.store("fake", "[{key: a, value: '1'}]");
            String[] policies = {"Retain", "Delete", "Merge"};
            for (int i = 0; i < 12; i++) {
                scene.externalSecret(
                        "es-" + i,
                        "fake",
                        "refreshInterval: 1s",
                        "target: {deletionPolicy: " + policies[i % 3] + "}");
            }
            scene.externalSecret("failing", "nothing", "target: {deletionPolicy: Delete}");
            for (int i = 0; i < 12; i++) {
                rig.awaitData("es-" + i, ONE);
            }
            rig.awaitNotReady("failing");

            rig.client().namespaces().withName(rig.namespace()).delete();

            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> rig.client().namespaces().withName(rig.namespace()).get() == null);
            assertThat(rig.fatal()).isEmpty();
        }
    }
}
