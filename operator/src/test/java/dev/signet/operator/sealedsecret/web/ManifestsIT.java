package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.KubernetesClients;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.KubeApi;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests that docs give, as they stand, on a real API server. */
class ManifestsIT {

    private static final String SYSTEM = "/api/v1/namespaces/kube-system/";

    private static KubeApi user;
    private static KubeApi signet;

    @BeforeAll
    static void apply() throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        try (KubernetesClient admin = KubernetesClients.fromKubeconfig(plane.kubeconfig());
                InputStream file =
                        Files.newInputStream(Path.of("../docs/manifests/sealed-secrets.yaml"))) {
            admin.load(file).serverSideApply();
        }
        ServiceAccountUser nobody =
                plane.api().serviceAccount(SharedControlPlane.freshNamespace(), "user", List.of());
        user = plane.apiAs(nobody.token());
        if (plane.api().find(SYSTEM + "serviceaccounts/signet").isEmpty()) {
            plane.api()
                    .create(
                            SYSTEM + "serviceaccounts",
                            Map.of("metadata", Map.of("name", "signet")));
        }
        signet = plane.apiAs(plane.api().token("kube-system", "signet", List.of()));
        // The API server learns of new roles by a watch of its own.
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        user.send("GET", SYSTEM + "services/sealed-secrets", null).status() == 200
                                && signet.send("GET", SYSTEM + "configmaps", null).status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed-secrets-controller", "sealed-secrets"})
    void everybodyReachesTheApiUnderBothNames(String name) {
        var service = user.get(SYSTEM + "services/" + name);
        String port = service.at("/spec/ports/0/name").asText();
        String proxy = SYSTEM + "services/http:" + name + ":" + port + "/proxy/v1/";

        assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(8080);
        // There is no pod here, and so no endpoint; it is not for lack of rights.
        assertThat(user.send("GET", proxy + "cert.pem", null).status()).isIn(404, 503);
        assertThat(user.send("POST", proxy + "verify", Map.of()).status()).isIn(404, 503);
        assertThat(user.send("GET", SYSTEM + "services/" + name + "/proxy/", null).status())
                .isIn(404, 503);
        assertThat(
                        user.send("GET", SYSTEM + "services/http:" + name + ":8080/proxy/", null)
                                .status())
                .isEqualTo(403);
    }

    @Test
    void everybodyReadsTheCertificateAndNothingElse() {
        assertThat(
                        user.send("GET", SYSTEM + "configmaps/sealed-secrets-certificate", null)
                                .status())
                .isIn(200, 404);
        assertThat(user.send("GET", SYSTEM + "configmaps/another", null).status()).isEqualTo(403);
        assertThat(user.send("GET", SYSTEM + "secrets", null).status()).isEqualTo(403);
    }

    @Test
    void signetKeepsItsKeysAndPublishesTheCertificate() {
        assertThat(signet.send("GET", SYSTEM + "secrets", null).status()).isEqualTo(200);
        Map<String, Object> unnamed = Map.of("metadata", Map.of("generateName", "signet-test-"));
        assertThat(signet.send("POST", SYSTEM + "secrets", unnamed).status()).isEqualTo(201);
        assertThat(signet.send("POST", SYSTEM + "configmaps", unnamed).status()).isEqualTo(201);
    }
}
