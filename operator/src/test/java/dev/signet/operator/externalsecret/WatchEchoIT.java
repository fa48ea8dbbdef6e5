package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.observe.Heartbeats;
import dev.signet.operator.rig.Rig;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WatchEchoIT {

    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        scene = new Scene(rig);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void heartsOfARunningOperatorBeat() throws InterruptedException {
        Heartbeats hearts = new Heartbeats(Duration.ofSeconds(2));
        Thread.sleep(2_100);
        assertThat(hearts.dead()).hasValueSatisfying(cause -> assertThat(cause).contains("queue"));

        rig.operator().beat(hearts);

        rig.await(() -> {
            rig.operator().beat(hearts);
            return hearts.dead().isEmpty();
        });
    }

    @Test
    void statusThatDoesNotComeBackIsMissedUntilItComes() {
        scene.externalSecret("unheard", "none");
        ExternalSecret es = rig.externalSecret("unheard");
        StatusWriter writer = written(es);
        ApiCalls calls = new ApiCalls(rig.client());

        assertThat(new WatchEcho(writer, calls, Duration.ofHours(1)).isMissing()).isFalse();
        WatchEcho echo = new WatchEcho(writer, calls, Duration.ZERO);
        assertThat(echo.isMissing()).isTrue();

        writer.seen(rig.externalSecret("unheard"));
        assertThat(echo.isMissing()).isFalse();
        scene.at("unheard").delete();
    }

    @Test
    void nothingIsConcludedWhileTheApiServerIsAway() {
        scene.externalSecret("away", "none");
        StatusWriter writer = written(rig.externalSecret("away"));
        String kubeconfig =
                SharedControlPlane.get()
                        .kubeconfig()
                        .replace(
                                SharedControlPlane.get().server().toString(),
                                "https://127.0.0.1:1");
        try (KubernetesClient nowhere = KubernetesClients.fromKubeconfig(kubeconfig)) {
            assertThat(new WatchEcho(writer, new ApiCalls(nowhere), Duration.ZERO).isMissing())
                    .isFalse();
        }
        scene.at("away").delete();
    }

    private static StatusWriter written(ExternalSecret es) {
        StatusWriter writer =
                new StatusWriter(
                        new ApiCalls(rig.client()),
                        new ObjectMapper(),
                        Clock.systemUTC(),
                        key -> Optional.of(es));
        ExternalSecretStatus status =
                writer.synced(
                        ExternalSecretStatus.NONE, Instant.now(), "1-x", "s", "SecretSynced", "ok");
        assertThat(writer.write(es, ExternalSecretStatus.NONE, status)).isTrue();
        return writer;
    }
}
