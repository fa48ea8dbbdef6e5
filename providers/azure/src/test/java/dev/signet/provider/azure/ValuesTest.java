package dev.signet.provider.azure;

import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import dev.signet.provider.azure.RemoteObject.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    private static Content secret(String value, Map<String, String> tags) {
        return new Content(new RemoteObject(Kind.SECRET, "s", ""), SecretValue.ofUtf8(value), tags);
    }

    private static String value(String json, String property) {
        return text(Values.value(secret(json, Map.of()), RemoteRef.of("s", property)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"b\":1.50}}            | a.b | 1.5",
                "{\"a.b\":\"dotted\"}            | a.b | dotted",
                "{\"a.b\":\"no\",\"a\":{\"b\":\"path\"}} | a.b | path",
                "{\"list\":[{\"n\":1},{\"n\":2}]} | list.#.n | [1,2]",
                "{\"big\":12345678901234567890}  | big | 12345678901234567890",
            })
    void pathComesBeforeKeyWithDots(String json, String property, String expected) {
        assertThat(value(json, property)).isEqualTo(expected);
    }

    @Test
    void nullIsAnEmptyValueAndNothingIsAnError() {
        assertThat(value("{\"a\":null}", "a")).isEmpty();
        assertThat(Values.value(secret("{}", Map.of()), RemoteRef.of("s", "a")))
                .isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(Values.value(secret("plain", Map.of()), RemoteRef.of("s", "a")))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void extractKeepsTheTextOfWhatIsNoString() {
        String json = "{\"n\":1e3,\"o\":{\"k\": 1},\"s\":\"\\u00e9\",\"z\":null}";
        assertThat(texts(Values.extract(secret(json, Map.of()), RemoteRef.of("s"))))
                .isEqualTo(Map.of("n", "1e3", "o", "{\"k\": 1}", "s", "é", "z", ""));
        assertThat(
                        texts(
                                Values.extract(
                                        secret("{\"in\":{\"a\":\"1\"}}", Map.of()),
                                        RemoteRef.of("s", "in"))))
                .isEqualTo(Map.of("a", "1"));
    }

    @Test
    void extractOfNoObjectIsInvalidAndQuotesNothing() {
        for (String json : new String[] {"canary", "[\"canary\"]", "\"canary\"", "{\"canary"}) {
            assertThat(Values.extract(secret(json, Map.of()), RemoteRef.of("s")))
                    .isInstanceOfSatisfying(
                            ReadOutcome.Invalid.class,
                            invalid -> assertThat(invalid.reason()).doesNotContain("canary"));
        }
    }

    @Test
    void metadataToExtractIsNamedAfterTheSecret() {
        Content content =
                secret("v", Map.of("t", "1", "j", "{\"a\":\"x\",\"b\":\"y\"}", "m", "{\"a\":1}"));
        assertThat(texts(Values.extract(content, new RemoteRef("s", "", "", true))))
                .isEqualTo(Map.of("s_t", "1", "s_j_a", "x", "s_j_b", "y", "s_m", "{\"a\":1}"));
        assertThat(texts(Values.extract(content, new RemoteRef("s", "t", "", true))))
                .isEqualTo(Map.of("s_t", "1"));
        assertThat(Values.extract(content, new RemoteRef("s", "none", "", true)))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }
}
