package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretOutcome;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.rig.Rig;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SealedStatusesIT {

    private static KubernetesClient client;
    private static ApiCalls calls;
    private static String namespace;

    private final SealedStatuses statuses =
            new SealedStatuses(calls, new ObjectMapper(), Clock.systemUTC(), true);

    @BeforeAll
    static void start() {
        ControlPlane plane = SharedControlPlane.get();
        client = KubernetesClients.fromKubeconfig(plane.kubeconfig());
        Rig.installCrds(client);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> client.getApiResources("bitnami.com/v1alpha1") != null);
        calls = new ApiCalls(client);
        namespace = plane.api().freshNamespace("statuses");
    }

    @AfterAll
    static void stop() {
        calls.close();
        client.close();
    }

    private static Resource<SealedSecret> at(String name) {
        return client.resources(SealedSecret.class).inNamespace(namespace).withName(name);
    }

    private static SealedSecret given(String name) {
        String yaml =
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: %s}
                spec: {encryptedData: {}}
                """
                        .formatted(name);
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .create();
        return at(name).require();
    }

    @Test
    void whatWasReachedIsKnownUntilAStatusWithItIsWritten() {
        SealedSecret old = given("reached");
        at("reached")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        SealedSecretOutcome outcome = new SealedSecretOutcome("hash", "uid", "7", List.of("key"));

        statuses.reached(old, outcome);
        SealedSecretStatus after = statuses.synced(old, "Unsealed", "", outcome);
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(() -> statuses.write(old, after))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(409));

        SealedSecret now = at("reached").require();
        assertThat(statuses.latest(now).unsealed()).isEqualTo(outcome);
        assertThat(statuses.latest(now).conditions()).isEmpty();
        statuses.write(now, statuses.synced(now, "Unsealed", "", outcome));
        assertThat(at("reached").require().getStatus())
                .isEqualTo(statuses.latest(now))
                .satisfies(status -> {
                    assertThat(status.unsealed()).isEqualTo(outcome);
                    assertThat(status.conditions()).hasSize(1);
                });
    }

    @Test
    void whatWasReachedForAnObjectOfTheSameNameBeforeDoesNotCount() {
        SealedSecret before = given("anew");
        statuses.reached(before, new SealedSecretOutcome("hash", "uid", "7", List.of("key")));
        at("anew").delete();

        SealedSecret now = given("anew");

        assertThat(statuses.latest(now)).isEqualTo(SealedSecretStatus.NONE);
    }
}
