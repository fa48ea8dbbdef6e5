package dev.signet.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.cli.seal.Sealer.Ended;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.BitnamiController;
import dev.signet.testbed.ClientProgram;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.ProgramRun;
import dev.signet.testbed.PublishedService;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command beside the real kubeseal, both through the API server's service proxy to Bitnami's
 * real controller, as a user who may do nothing else.
 */
class SealOnClusterIT {

    private static final Binaries BINARIES = Binaries.discover();
    private static final String UNNAMED = "sealed-secrets-controller";
    private static final String NAMED = "sealed-secrets";

    private static ControlPlane plane;
    private static String namespace;
    private static BitnamiController controller;
    private static String kubeconfig;

    @TempDir Path folder;

    private Sealer sealer;

    @BeforeAll
    static void startController() {
        plane = SharedControlPlane.get();
        namespace = SharedControlPlane.freshNamespace();
        PublishedService service = PublishedService.choose(namespace, UNNAMED, "");
        controller =
                BitnamiController.builder(BINARIES, plane, namespace)
                        .behind(service)
                        .withFlag("--key-size=2048")
                        .start();
        service.publish(plane.api()).openToAll(plane.api());
        PublishedService named = service.as(NAMED, "http");
        named.publish(plane.api()).openToAll(plane.api());
        ServiceAccountUser nobody = plane.api().serviceAccount(namespace, "nobody", List.of());
        kubeconfig = plane.kubeconfigFor(nobody.token());
        // The API server learns of a new Role a moment after it was made.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> named.ask(plane.apiAs(nobody.token()), "/v1/cert.pem").ok());
    }

    @AfterAll
    static void stopController() {
        controller.close();
    }

    @BeforeEach
    void files() {
        sealer = new Sealer(folder);
        sealer.write("kubeconfig", kubeconfig);
        sealer.with("KUBECONFIG", folder + "/kubeconfig")
                .with("SEALED_SECRETS_CONTROLLER_NAMESPACE", namespace)
                .with("SEALED_SECRETS_CONTROLLER_NAME", UNNAMED);
    }

    private static ProgramRun kubeseal(String... words) {
        try (ClientProgram kubeseal = ClientProgram.kubeseal(BINARIES, kubeconfig)) {
            return kubeseal.run(words);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {UNNAMED, NAMED})
    void certificateIsFetchedFromNamedAndUnnamedPorts(String name) {
        Ended ended = sealer.run("", "--fetch-cert", "--controller-name", name);

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .isEqualTo(
                        kubeseal(
                                        "--fetch-cert",
                                        "--controller-name=" + name,
                                        "--controller-namespace=" + namespace)
                                .succeeded()
                                .text());
    }

    @Test
    void sealedValuesAreValidAndSealedAnewInPlace() {
        Ended sealed =
                sealer.run(
                        "metadata: {name: db}\nstringData: {password: needle}\n",
                        "-n",
                        namespace,
                        "-w",
                        "@db.yaml");
        String before = sealer.file("db.yaml");
        Ended valid = sealer.run("", "--validate", "-f", "@db.yaml");
        Ended anew = sealer.run("", "--re-encrypt", "-f", "@db.yaml");

        assertThat(List.of(sealed, valid, anew)).containsOnly(new Ended(0, "", ""));
        assertThat(sealer.file("db.yaml")).startsWith("---\n").isNotEqualTo(before);
        assertThat(sealer.run("", "--validate", "-f", "@db.yaml").status()).isZero();
    }

    @Test
    void whatTheControllerCannotOpenIsTold() {
        Ended sealed =
                sealer.run(
                        "metadata: {name: db}\nstringData: {password: needle}\n",
                        "--cert=@sealing.pem",
                        "-n",
                        namespace);

        assertThat(sealer.run(sealed.out(), "--validate").err())
                .isEqualTo("error: unable to decrypt sealed secret: db\n");
        assertThat(sealer.run(sealed.out(), "--re-encrypt").err())
                .isEqualTo(
                        "error: cannot re-encrypt secret: an error on the server (\"\") has prevented the request from succeeding (post services http:%s:)\n"
                                .formatted(UNNAMED));
    }

    @Test
    void missingServiceIsToldAsKubesealTellsIt() {
        String[] words = {
            "--fetch-cert", "--controller-name=nope", "--controller-namespace=" + namespace
        };

        assertThat(sealer.run("", words).err()).isEqualTo(kubeseal(words).complaint());
    }

    @Test
    void wrongTokenIsToldAsKubesealTellsIt() {
        String[] words = {"--fetch-cert", "--token=wrong", "--controller-namespace=" + namespace};

        assertThat(sealer.run("", words).err()).isEqualTo(kubeseal(words).complaint());
    }
}
