package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.rig.Rig;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The operator on CRDs that are not its own: they fill in defaults as those of External Secrets did
 * before 2.9, know fields that the operator does not, and let ill-typed ones through.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForeignCrdIT {

    private static ControlPlane plane;
    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        plane = ControlPlane.builder(Binaries.discover()).start();
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig())) {
            client.load(ForeignCrdIT.class.getResourceAsStream("older-crds.yaml")).create();
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() ->
                            client.getApiResources("external-secrets.io/v1").getResources().stream()
                                            .filter(kind -> !kind.getName().contains("/"))
                                            .count()
                                    == 3);
        }
        rig = Rig.startOn(plane, OperatorConfig.DEFAULTS);
        scene = new Scene(rig);
    }

    @AfterAll
    static void stop() {
        rig.close();
        plane.close();
    }

    @Test
    @Order(1)
    void syncsWithDefaultsAndFieldsOfAnotherVersion() {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: older}
                spec:
                  futureField: {some: [thing]}
                  provider: {fake: {data: [{key: a, value: MQ==, futureField: 1}, {key: m/x, value: 'y'}]}}
                ---
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: older}
                spec:
                  futureField: {some: [thing]}
                  secretStoreRef: {name: older}
                  refreshInterval: 1s
                  data: [{secretKey: a, remoteRef: {key: a}}]
                  dataFrom: [{find: {name: {regexp: ^m/}}}]
                """);
        rig.awaitData("older", Map.of("a", "MQ==", "m_x", "y"));
        rig.awaitReady("older");
        String version = scene.version("older");
        assertThat(generic("older").<String>get("spec", "data", 0, "remoteRef", "decodingStrategy"))
                .isEqualTo("None");

        scene.patchStatus("older", "{\"status\":{\"futureField\":\"kept\"}}");
        scene.awaitRefreshes("older", 2);

        assertThat(scene.version("older")).isEqualTo(version);
        assertThat(generic("older").<String>get("status", "futureField")).isEqualTo("kept");
        assertThat(generic("older").<Object>get("spec", "futureField")).isNotNull();
        assertThat(generic("older").getMetadata().getGeneration()).isEqualTo(1);
        scene.at("older").delete();
    }

    @Test
    @Order(2)
    void isNotStoppedByOneObjectThatItCannotRead() {
        scene.store("fake", "[{key: a, value: '1'}]");
        dropTheSchema();
        List<String> odd =
                List.of(
                        "refreshInterval: {not: text}",
                        "target: text",
                        "data: {not: a list}",
                        "data: [text, 1, null]",
                        "data: [{secretKey: {no: text}, remoteRef: [a]}]",
                        "dataFrom: 5",
                        "refreshPolicy: [a, b]",
                        "target: {immutable: maybe, creationPolicy: {}}",
                        "syncWindows: 7",
                        "dataFrom: [{find: {tags: [x]}, rewrite: text}]");
        for (int i = 0; i < odd.size(); i++) {
            scene.externalSecretOf("odd-" + i, "fake", odd.get(i));
        }
        scene.externalSecretOf("odd-ref", "[not, a, name]", "data: []");
        for (String spec :
                List.of(
                        "text",
                        "5",
                        "{provider: text}",
                        "{provider: {fake: text}}",
                        "{retrySettings: 1}")) {
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: odd-store-%d}
                    spec: %s
                    """
                            .formatted(spec.length(), spec));
        }
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: odd-status}
                spec:
                  secretStoreRef: {name: fake}
                  data: [{secretKey: a, remoteRef: {key: a}}]
                status: {conditions: text, refreshTime: {no: time}, binding: 5}
                """);
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: odd-fake}
                spec: {provider: {fake: text}}
                """);
        scene.externalSecret("odd-fake", "odd-fake");
        scene.externalSecret("good", "fake");

        rig.awaitData("good", Map.of("a", "1"));
        rig.awaitData("odd-status", Map.of("a", "1"));

        rig.stopOperator();
        rig.startOperator();
        scene.externalSecret("after", "fake");
        rig.awaitData("after", Map.of("a", "1"));
        scene.patchSecret("good", "{\"data\":null}");
        rig.awaitData("good", Map.of("a", "1"));
        assertThat(rig.fatal()).isEmpty();
        rig.await(() -> scene.message("odd-fake").contains("spec.provider.fake must be an object"));
        rig.await(() -> scene.message("odd-2").contains("neither data nor dataFrom"));
    }

    private static GenericKubernetesResource generic(String name) {
        return rig.client()
                .genericKubernetesResources("external-secrets.io/v1", "ExternalSecret")
                .inNamespace(rig.namespace())
                .withName(name)
                .require();
    }

    /** Makes the API server take a spec of any type, as a broken CRD does. */
    private static void dropTheSchema() {
        rig.client()
                .genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                .withName("externalsecrets.external-secrets.io")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        """
                        [{"op":"replace","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec",
                          "value":{"x-kubernetes-preserve-unknown-fields":true}}]
                        """);
        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> scene.externalSecretOf("odd", "fake", "data: text"));
    }
}
