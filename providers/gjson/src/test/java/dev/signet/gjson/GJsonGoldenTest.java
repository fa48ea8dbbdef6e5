package dev.signet.gjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the results against those of the Go library. */
class GJsonGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"paths.jsonl", "fuzz.jsonl"})
    void findsWhatTheGoLibraryFinds(String file) throws IOException {
        List<JsonNode> cases = Golden.read(file);
        assertThat(cases).hasSizeGreaterThanOrEqualTo(2000);
        assertThat(disagreements(cases)).isEmpty();
    }

    /**
     * For long runs: {@code go run . DIR SEED COUNT}, then {@code -Dgolden.fuzz=DIR/fuzz.jsonl}.
     */
    @Test
    @EnabledIfSystemProperty(named = "golden.fuzz", matches = ".+")
    void findsWhatTheGoLibraryFindsInFurtherCases() throws IOException {
        List<JsonNode> cases = Golden.read(Path.of(System.getProperty("golden.fuzz")));
        assertThat(disagreements(cases)).isEmpty();
    }

    private static List<String> disagreements(List<JsonNode> cases) {
        List<String> disagreements = new ArrayList<>();
        for (JsonNode wanted : cases) {
            String json = wanted.get("json").textValue();
            String path = wanted.get("path").textValue();
            String expected =
                    describe(
                            wanted.get("exists").booleanValue(),
                            wanted.get("type").textValue(),
                            wanted.get("raw").textValue(),
                            wanted.get("string").textValue());
            String actual = evaluate(json, path);
            if (!actual.equals(expected)) {
                disagreements.add(
                        "\n"
                                + json
                                + "\n  "
                                + path
                                + "\n  Go:   "
                                + expected
                                + "\n  here: "
                                + actual);
            }
        }
        return disagreements;
    }

    private static String evaluate(String json, String path) {
        try {
            Result result = GJson.get(json, path);
            return describe(result.exists(), result.type().text(), result.raw(), result.string());
        } catch (RuntimeException e) {
            return e.toString() + " at " + e.getStackTrace()[0] + e.getStackTrace()[1];
        }
    }

    private static String describe(boolean exists, String type, String raw, String string) {
        return exists + " " + type + " «" + raw + "» «" + string + "»";
    }
}
