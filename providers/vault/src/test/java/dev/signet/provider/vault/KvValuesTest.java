package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvValuesTest {

    private static final String CONTENT =
            """
            {"z": "last", "html": "<a&b>", "n": 1e+21, "big": 12345678901234567890, "f": 1.50,
             "yes": true, "none": null, "a.b": "dotted", "list": [1, 2.50, "<"],
             "nested": {"y": 1e+21, "x": {"k": "v"}}, "small": 1e-7,
             "json": "{\\"user\\": \\"u\\", \\"port\\": 5432}", "text": "plain"}
            """;

    private static JsonObject content(String json) throws IOException {
        return JsonObject.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String value(String property) throws IOException {
        return Fixture.text(KvValues.value(content(CONTENT), property, "key"));
    }

    private static Map<String, String> extract(String property) throws IOException {
        return Fixture.texts(KvValues.extract(content(CONTENT), property, "key"));
    }

    @Test
    void withoutPropertyTheContentIsPrintedAsGoDoes() throws Exception {
        JsonObject content =
                content("{\"b\": 1e+21, \"a\": \"<&>\", \"c\": {\"z\": 1, \"y\": null}}");

        assertThat(Fixture.text(KvValues.value(content, "", "key")))
                .isEqualTo(
                        "{\"a\":\"\\u003c\\u0026\\u003e\",\"b\":1e+21,\"c\":{\"y\":null,\"z\":1}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "z         | last",
                "html      | <a&b>",
                "n         | 1e+21",
                "big       | 12345678901234567890",
                "f         | 1.50",
                "yes       | true",
                "none      | ''",
                "a.b       | dotted",
                "list      | [1,2.50,\"\\u003c\"]",
                "list.2    | <",
                "nested.x  | {\"k\":\"v\"}",
                "nested.x.k| v",
                "nested    | {\"x\":{\"k\":\"v\"},\"y\":1e+21}",
            })
    void propertyIsALiteralKeyBeforeItIsAPath(String property, String expected) throws Exception {
        assertThat(value(property)).isEqualTo(expected);
    }

    @Test
    void propertyThatIsNotThereIsInvalidAndNamed() throws Exception {
        ReadOutcome<SecretValue> outcome = KvValues.value(content(CONTENT), "nope", "my/key");

        assertThat(outcome)
                .isEqualTo(new ReadOutcome.Invalid<>("secret 'my/key' has no property 'nope'"));
    }

    @Test
    void extractGivesEachTopLevelKeyItsText() throws Exception {
        assertThat(extract(""))
                .containsEntry("z", "last")
                .containsEntry("n", "1000000000000000000000")
                .containsEntry("big", "12345678901234567000")
                .containsEntry("f", "1.5")
                .containsEntry("small", "0.0000001")
                .containsEntry("yes", "true")
                .containsEntry("none", "")
                .containsEntry("list", "[1,2.5,\"\\u003c\"]")
                .containsEntry("nested", "{\"x\":{\"k\":\"v\"},\"y\":1e+21}")
                .hasSize(13);
    }

    @Test
    void extractOfAPropertyOpensTheObjectInIt() throws Exception {
        assertThat(extract("json"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("user", "u", "port", "5432"));
        assertThat(extract("nested.x")).containsExactlyEntriesOf(Map.of("k", "v"));
    }

    @Test
    void extractOfWhatIsNoObjectIsInvalidAndQuotesNothing() throws Exception {
        ReadOutcome<Map<String, SecretValue>> outcome =
                KvValues.extract(content(CONTENT), "text", "key");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        invalid ->
                                assertThat(invalid.reason().toString())
                                        .contains("property 'text'")
                                        .doesNotContain("plain"));
    }
}
