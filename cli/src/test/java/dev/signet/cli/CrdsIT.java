package dev.signet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.TestbedException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdsIT {

    private static Cluster cluster;
    private static String printed;

    @BeforeAll
    static void apply(@TempDir Path folder) {
        SignetProcess.Ended ended = SignetProcess.run(folder, Map.of(), "crds");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isZero();
        printed = ended.out();
        cluster = new Cluster().withoutCrds();
        // As kubectl apply --server-side does it.
        cluster.client().load(new ByteArrayInputStream(printed.getBytes(UTF_8))).serverSideApply();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatIsPrintedCanBeAppliedToAnApiServer() {
        assertThat(cluster.crds())
                .containsExactly(
                        "clustersecretstores.external-secrets.io",
                        "externalsecrets.external-secrets.io",
                        "sealedsecrets.bitnami.com",
                        "secretstores.external-secrets.io");
        for (String crd : cluster.crds()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> condition(crd, "Established").equals("True"));
            // The API server drops what it takes for no structural schema, and says so only here.
            assertThat(condition(crd, "NonStructuralSchema")).isEmpty();
            assertThat(condition(crd, "NamesAccepted")).isEqualTo("True");
        }
    }

    @Test
    void theApiServerExplainsEveryFieldOfEveryKind() {
        for (String document : printed.split("(?m)^---\\s*$", -1)) {
            if (document.isBlank()) {
                continue;
            }
            JsonNode crd = Serialization.unmarshal(document, JsonNode.class);
            String kind = crd.at("/spec/names/kind").asText();
            String group = crd.at("/spec/group").asText();
            crd.at("/spec/versions")
                    .forEach(version -> {
                        if (version.path("served").asBoolean()) {
                            String name = version.path("name").asText();
                            Set<String> expected = new TreeSet<>();
                            paths(
                                    "",
                                    version.at("/schema/openAPIV3Schema/properties/spec"),
                                    expected);
                            assertThat(expected).hasSizeGreaterThan(15);

                            // The API server publishes what it serves a moment after it serves it.
                            Awaitility.await()
                                    .atMost(Duration.ofMinutes(3))
                                    .ignoreExceptionsInstanceOf(TestbedException.class)
                                    .untilAsserted(() ->
                                            assertThat(explained(group, name, kind))
                                                    .isEqualTo(expected));
                        }
                    });
        }
    }

    private static String condition(String crd, String type) {
        for (JsonNode condition :
                cluster.plane()
                        .api()
                        .get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + crd)
                        .at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    // What kubectl explain --recursive reads.
    private static Set<String> explained(String group, String version, String kind) {
        JsonNode document = cluster.plane().api().get("/openapi/v3/apis/" + group + "/" + version);
        List<String> parts = new ArrayList<>(List.of(group.split("\\.")));
        Collections.reverse(parts);
        Set<String> found = new TreeSet<>();
        paths(
                "",
                document.at(
                        "/components/schemas/%s.%s.%s/properties/spec"
                                .formatted(String.join(".", parts), version, kind)),
                found);
        return found;
    }

    private static void paths(String at, JsonNode schema, Set<String> found) {
        found.add(at + " " + schema.path("type").asText());
        schema.path("properties")
                .properties()
                .forEach(field -> paths(at + "." + field.getKey(), field.getValue(), found));
        if (schema.has("items")) {
            paths(at + "[]", schema.get("items"), found);
        }
        if (schema.path("additionalProperties").isObject()) {
            paths(at + "{}", schema.get("additionalProperties"), found);
        }
    }
}
