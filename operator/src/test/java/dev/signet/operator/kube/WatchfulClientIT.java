package dev.signet.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.FaultRelay;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchfulClientIT {

    private static final WatchfulClientFactory.Pulse QUICK =
            new WatchfulClientFactory.Pulse(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ControlPlane plane = SharedControlPlane.get();
    private String namespace;
    private FaultRelay relay;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        namespace = SharedControlPlane.freshNamespace();
        relay = FaultRelay.before(plane.server());
        client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(plane.kubeconfigBy(relay)))
                        .withHttpClientFactory(new WatchfulClientFactory(QUICK))
                        .build();
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    @Test
    void watchOnADeadConnectionIsMadeAnew() {
        try (SharedIndexInformer<ConfigMap> maps =
                client.configMaps().inNamespace(namespace).inform()) {
            create("before");
            awaitCached(maps, "before");

            relay.killConnections();
            create("after");

            awaitCached(maps, "after");
        }
    }

    @Test
    void quietWatchIsLeftAlone() throws Exception {
        try (SharedIndexInformer<ConfigMap> maps =
                client.configMaps().inNamespace(namespace).inform()) {
            create("before");
            awaitCached(maps, "before");
            int connections = relay.opened();

            Thread.sleep(QUICK.patience().plusSeconds(2));

            assertThat(relay.opened()).isEqualTo(connections);
            create("after");
            awaitCached(maps, "after");
        }
    }

    private void create(String name) {
        plane.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/configmaps",
                        Map.of("metadata", Map.of("name", name)));
    }

    private static void awaitCached(SharedIndexInformer<ConfigMap> maps, String name) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        maps.getStore().list().stream()
                                .anyMatch(map -> map.getMetadata().getName().equals(name)));
    }
}
