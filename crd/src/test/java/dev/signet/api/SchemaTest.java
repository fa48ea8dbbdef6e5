package dev.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server does with a manifest follows from these facts, so each is written down. */
class SchemaTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, JsonNode> DEFINITIONS = new HashMap<>();

    @BeforeAll
    static void readDefinitions() throws IOException {
        for (CrdFile file : Crds.all()) {
            JsonNode definition = YAML.readTree(file.yaml());
            DEFINITIONS.put(
                    definition.at("/spec/names/shortNames/0").asText(), definition.get("spec"));
        }
    }

    /** Each line: kind, path, and all that the schema says there besides texts and members. */
    @ParameterizedTest
    @CsvFileSource(resources = "/schema-facts.txt", delimiter = '\t', quoteCharacter = '\0')
    void theSchemaSays(String kind, String path, String fact) throws IOException {
        ObjectNode actual = at(kind, path).deepCopy();
        actual.remove(List.of("description", "properties", "additionalProperties"));
        if (!path.endsWith("[]")) {
            actual.remove("items");
        }

        assertThat((JsonNode) actual).isEqualTo(YAML.readTree(fact));
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "ss", "css"})
    void everyPartHasAType(String kind) {
        List<String> untyped = new ArrayList<>();

        collectUntyped("", schema(kind), untyped);

        assertThat(untyped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "ss", "css"})
    void everyFieldIsDescribed(String kind) {
        JsonNode spec = schema(kind).at("/properties/spec");

        assertThat(spec.findParents("type"))
                .filteredOn(part -> part.has("properties"))
                .allSatisfy(part ->
                        assertThat(part.get("properties"))
                                .allSatisfy(field ->
                                        assertThat(field.path("description").asText())
                                                .isNotBlank()));
    }

    @Test
    void theStoresDifferInScopeAlone() {
        assertThat(DEFINITIONS.get("ss").get("scope").asText()).isEqualTo("Namespaced");
        assertThat(DEFINITIONS.get("css").get("scope").asText()).isEqualTo("Cluster");
        assertThat(schema("ss").get("properties")).isEqualTo(schema("css").get("properties"));
    }

    @Test
    void externalSecretsCanBeSelectedByTheirStoreAndTarget() {
        assertThat(
                        DEFINITIONS
                                .get("es")
                                .at("/versions/0/selectableFields")
                                .findValuesAsText("jsonPath"))
                .containsExactly(
                        ".spec.secretStoreRef.name",
                        ".spec.secretStoreRef.kind",
                        ".spec.target.name",
                        ".spec.refreshInterval");
    }

    @Test
    void columnsStandInTheOrderThatPeopleKnow() {
        assertThat(columns("es"))
                .containsExactly(
                        "StoreType", "Store", "Refresh Interval", "Status", "Ready", "Last Sync");
        assertThat(columns("css")).containsExactly("AGE", "Status", "Capabilities", "Ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "ss", "css"})
    void statusIsASubresourceAndTheCategoryIsShared(String kind) {
        assertThat(DEFINITIONS.get(kind).at("/versions/0/subresources/status").isObject()).isTrue();
        assertThat(DEFINITIONS.get(kind).at("/names/categories/0").asText())
                .isEqualTo("external-secrets");
    }

    private static List<String> columns(String kind) {
        return DEFINITIONS
                .get(kind)
                .at("/versions/0/additionalPrinterColumns")
                .findValuesAsText("name");
    }

    private static JsonNode schema(String kind) {
        return DEFINITIONS.get(kind).at("/versions/0/schema/openAPIV3Schema");
    }

    private static JsonNode at(String kind, String path) {
        JsonNode node = schema(kind);
        for (String step : path.split("\\.", -1)) {
            String name = step.endsWith("[]") ? step.substring(0, step.length() - 2) : step;
            node = node.path("properties").path(name);
            if (step.endsWith("[]")) {
                node = node.path("items");
            }
            assertThat(node.isMissingNode()).as("%s has %s", kind, path).isFalse();
        }
        return node;
    }

    private static void collectUntyped(String path, JsonNode part, List<String> untyped) {
        if (!part.has("type") && !part.path("x-kubernetes-int-or-string").asBoolean()) {
            untyped.add(path);
        }
        part.path("properties")
                .properties()
                .forEach(p -> collectUntyped(path + "." + p.getKey(), p.getValue(), untyped));
        if (part.has("items")) {
            collectUntyped(path + "[]", part.get("items"), untyped);
        }
        if (part.has("additionalProperties")) {
            collectUntyped(path + "{}", part.get("additionalProperties"), untyped);
        }
    }
}
