package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.BitnamiController;
import dev.signet.testbed.ClientProgram;
import dev.signet.testbed.KubeApi;
import dev.signet.testbed.ProgramRun;
import dev.signet.testbed.PublishedService;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real kubeseal at work with this operator, as a user who may do nothing else, through the API
 * server's service proxy and in either shape of Service that there is.
 */
class KubesealE2E {

    private static final Binaries BINARIES = Binaries.discover();
    private static final KubeApi API = SharedControlPlane.get().api();

    @TempDir private static Path folder;

    private static Space space;
    private static PublishedService service;
    private static SealingKeys keys;
    private static SignetProcess operator;
    private static ServiceAccountUser user;
    private static ClientProgram kubeseal;
    private static ClientProgram kubectl;

    @BeforeAll
    static void start() throws IOException {
        space = Space.fresh();
        String home = SharedControlPlane.freshNamespace();
        keys = SealingKeys.ofAllKinds();
        keys.store(API, home);
        service = PublishedService.choose(home, "sealed-secrets", "");
        operator = launch();
        user = API.serviceAccount(home, "course", List.of());
        kubeseal =
                ClientProgram.kubeseal(
                        BINARIES, SharedControlPlane.get().kubeconfigFor(user.token()));
        kubectl = ClientProgram.kubectl(BINARIES, "");
    }

    @AfterAll
    static void stop() {
        operator.close();
        kubeseal.close();
        kubectl.close();
        space.close();
    }

    private static SignetProcess launch() throws IOException {
        return SignetProcess.launchForKubeseal(
                folder, service, List.of("--namespace=" + space.namespace()));
    }

    @Test
    void worksWithAnUnnamedPortUnderTheNameOfTheChart() throws Exception {
        sealValidateAndReEncrypt("sealed-secrets", "");
    }

    @Test
    void worksWithAPortNamedHttpUnderTheNameOfTheChart() throws Exception {
        sealValidateAndReEncrypt("sealed-secrets", "http");
    }

    @Test
    void worksWithAnUnnamedPortUnderTheNameThatKubesealExpects() throws Exception {
        sealValidateAndReEncrypt("sealed-secrets-controller", "");
    }

    @Test
    void worksWithAPortNamedHttpUnderTheNameThatKubesealExpects() throws Exception {
        sealValidateAndReEncrypt("sealed-secrets-controller", "http");
    }

    private void sealValidateAndReEncrypt(String name, String portName) throws IOException {
        PublishedService published = publish(name, portName);
        String object = name + (portName.isEmpty() ? "-unnamed" : "-" + portName);

        String certificate = at(published, "", "--fetch-cert").succeeded().text();
        String sealed = at(published, secret(object), "--format=yaml").succeeded().text();
        space.apply(sealed.replaceFirst("^---\n", ""));

        assertThat(keys.pairs()).anyMatch(pair -> pair.certificatePem().equals(certificate));
        space.awaitData(object, Map.of("api-key", "sk-123", "url", "postgres://db"));
        assertThat(at(published, sealed, "--validate").succeeded().text()).isEmpty();
        ProgramRun moved =
                at(published, sealed.replace("name: " + object, "name: moved"), "--validate");
        assertThat(moved.status()).isEqualTo(1);
        assertThat(moved.complaint()).contains("unable to decrypt sealed secret: moved");

        String again = at(published, sealed, "--re-encrypt", "--format=yaml").succeeded().text();
        assertThat(again).contains("encryptedData").isNotEqualTo(sealed);
        space.apply(again.replaceFirst("^---\n", ""));
        assertThat(at(published, again, "--validate").succeeded().text()).isEmpty();
        Space.await(() -> assertThat(observed(object)).isTrue());
        space.awaitData(object, Map.of("api-key", "sk-123", "url", "postgres://db"));
    }

    @Test
    void opensWhatKubesealSealsWithAnyKeyInAnyScope() throws Exception {
        for (SealingKeys.Pair pair : keys.pairs()) {
            Files.writeString(kubeseal.folder().resolve(pair + ".crt"), pair.certificatePem());
        }
        List<SealingCase> cases = SealingCase.matrix(space.namespace(), "by-kubeseal", keys);
        for (SealingCase one : cases) {
            String sealed =
                    kubeseal.runOn(one.secret(), "--cert", one.pair() + ".crt").succeeded().text();
            API.create(Kind.SEALED_SECRET.path(space.namespace()), SealingCase.parse(sealed));
        }

        for (SealingCase one : cases) {
            Space.await(() ->
                    assertThat(space.find(Kind.SECRET, one.name())).as(one.toString()).isPresent());
            one.assertHeldBy(space.get(Kind.SECRET, one.name()));
        }
        System.out.printf("sealed by kubeseal and opened by the operator: %d%n", cases.size());
        eitherTakesOverFromTheOther(cases);
    }

    /** The same Secrets, to the byte and to the version: nothing is written. */
    private void eitherTakesOverFromTheOther(List<SealingCase> cases) throws Exception {
        Map<String, String> versions = versions(cases);
        operator.terminate();
        String bitnamis = "taken-over";
        try (BitnamiController controller =
                BitnamiController.builder(BINARIES, SharedControlPlane.get(), service.namespace())
                        .withFlag("--all-namespaces=false")
                        .withFlag("--additional-namespaces=" + space.namespace())
                        .withFlag("--kubeclient-qps=-1")
                        .start()) {
            SealingCase other = SealingCase.matrix(space.namespace(), bitnamis, keys).getFirst();
            API.create(
                    Kind.SEALED_SECRET.path(space.namespace()),
                    SealingCase.parse(other.sealedByUs()));
            Space.await(() ->
                    assertThat(space.find(Kind.SECRET, other.name()))
                            .as(() -> controller.quotedLog())
                            .isPresent());
            assertThat(versions(cases)).isEqualTo(versions);
            versions.put(other.name(), space.version(other.name()));
        }
        operator = launch();
        Space.await(operator::assertStarted);
        SealingCase last = SealingCase.matrix(space.namespace(), "last", keys).getFirst();
        API.create(
                Kind.SEALED_SECRET.path(space.namespace()), SealingCase.parse(last.sealedByUs()));
        Space.await(() -> assertThat(space.find(Kind.SECRET, last.name())).isPresent());
        versions.forEach((name, version) -> assertThat(space.version(name)).isEqualTo(version));
    }

    private static Map<String, String> versions(List<SealingCase> cases) {
        Map<String, String> versions = new TreeMap<>();
        cases.forEach(one -> versions.put(one.name(), space.version(one.name())));
        return versions;
    }

    private static boolean observed(String object) {
        JsonNode sealed = space.get(Kind.SEALED_SECRET, object);
        return sealed.at("/status/observedGeneration").asLong()
                        == sealed.at("/metadata/generation").asLong()
                && sealed.at("/status/conditions/0/status").asText().equals("True");
    }

    private static PublishedService publish(String name, String portName) {
        PublishedService published = service.as(name, portName).publish(API).openToAll(API);
        KubeApi asked = SharedControlPlane.get().apiAs(user.token());
        // The API server learns of a new Role a moment later, and the operator may still start.
        Space.await(() ->
                assertThat(published.ask(asked, "/v1/cert.pem").status())
                        .as(operator.output())
                        .isEqualTo(200));
        return published;
    }

    private static ProgramRun at(PublishedService published, String input, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--controller-name=" + published.name());
        all.add("--controller-namespace=" + published.namespace());
        return kubeseal.runOn(input, all.toArray(String[]::new));
    }

    private static String secret(String name) {
        return kubectl.run(
                        "create",
                        "secret",
                        "generic",
                        name,
                        "--namespace=" + space.namespace(),
                        "--from-literal=api-key=sk-123",
                        "--from-literal=url=postgres://db",
                        "--dry-run=client",
                        "-o",
                        "yaml")
                .succeeded()
                .text();
    }
}
