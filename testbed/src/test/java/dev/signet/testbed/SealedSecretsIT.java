package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real kubeseal finds Bitnami's real controller through a published Service. */
class SealedSecretsIT {

    private static final Binaries BINARIES = Binaries.discover();

    private static ControlPlane plane;
    private static String namespace;
    private static PublishedService service;
    private static BitnamiController controller;

    @BeforeAll
    static void startController() {
        plane = SharedControlPlane.get();
        namespace = SharedControlPlane.freshNamespace();
        service = PublishedService.choose(namespace, "sealed-secrets-controller", "");
        controller =
                BitnamiController.builder(BINARIES, plane, namespace)
                        .behind(service)
                        .withFlag("--key-size=2048")
                        .start();
        service.publish(plane.api()).openToAll(plane.api());
        service.as("sealed-secrets", "http").publish(plane.api()).openToAll(plane.api());
    }

    @AfterAll
    static void stopController() {
        controller.close();
    }

    @Test
    void kubesealFetchesTheCertificateFromAnUnnamedPort() {
        assertThat(fetch("sealed-secrets-controller")).startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void kubesealFetchesTheCertificateFromANamedPort() {
        assertThat(fetch("sealed-secrets")).startsWith("-----BEGIN CERTIFICATE-----");
    }

    private static String fetch(String name) {
        ServiceAccountUser nobody =
                plane.api().serviceAccount(namespace, "nobody-of-" + name, List.of());
        PublishedService asked = service.as(name, name.equals("sealed-secrets") ? "http" : "");
        // The API server learns of a new Role a moment after it was made.
        Waiting.until(
                "reaching " + name,
                Duration.ofMinutes(1),
                List.of(),
                () -> asked.ask(plane.apiAs(nobody.token()), "/v1/cert.pem").ok());
        try (ClientProgram kubeseal =
                ClientProgram.kubeseal(BINARIES, plane.kubeconfigFor(nobody.token()))) {
            return kubeseal.run(
                            "--fetch-cert",
                            "--controller-name=" + name,
                            "--controller-namespace=" + namespace)
                    .succeeded()
                    .text();
        }
    }

    @Test
    void kubectlMakesASecretWithoutACluster() {
        try (ClientProgram kubectl = ClientProgram.kubectl(BINARIES, "")) {
            String made =
                    kubectl.run(
                                    "create",
                                    "secret",
                                    "generic",
                                    "course",
                                    "--from-literal=key=value",
                                    "--dry-run=client",
                                    "-o",
                                    "yaml")
                            .succeeded()
                            .text();

            assertThat(made).contains("kind: Secret", "name: course", "key: dmFsdWU=");
        }
    }
}
