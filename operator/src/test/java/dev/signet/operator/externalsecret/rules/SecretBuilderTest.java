package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.api.ExternalSecretSpec;
import dev.signet.operator.externalsecret.rules.SecretBuilder.ReadValues;
import dev.signet.provider.SecretValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretBuilderTest {

    static Stream<GoldenCase> cases() {
        return GoldenCase.of("build");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void buildsWhatTheCaseExpects(GoldenCase golden) throws RuleException {
        ExternalSecretSpec spec = golden.read("in-spec.yaml", ExternalSecretSpec.class);
        ReadValues values = values(golden.map("in-values.yaml"));
        Optional<Map<?, ?>> expected = golden.mapIfPresent("out-data.yaml");

        if (expected.isPresent()) {
            Map<String, String> built = GoldenCase.shown(SecretBuilder.build(spec, values));
            assertThat(built).isEqualTo(texts(expected.get()));
        } else {
            String error = String.valueOf(golden.map("out-error.yaml").get("message"));
            assertThatThrownBy(() -> SecretBuilder.build(spec, values))
                    .isInstanceOf(RuleException.class)
                    .hasMessage(error);
        }
    }

    @Test
    void refusesMoreThanASecretHolds() {
        ExternalSecretSpec spec =
                GoldenCase.convert(
                        Map.of("dataFrom", List.of(Map.of("extract", Map.of("key", "big")))),
                        ExternalSecretSpec.class);
        Map<String, SecretValue> values = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            values.put("k" + i, SecretValue.of(new byte[100_000]));
        }

        assertThatThrownBy(() ->
                        SecretBuilder.build(spec, new ReadValues(Map.of(0, values), Map.of())))
                .hasMessage(
                        "spec: the values have 1100000 bytes and a Secret holds at most 1048576;"
                                + " split them over several ExternalSecrets");
    }

    private static Map<String, String> texts(Map<?, ?> map) {
        Map<String, String> texts = new TreeMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    private static ReadValues values(Map<?, ?> file) {
        Map<Integer, Map<String, SecretValue>> dataFrom = new HashMap<>();
        section(file, "dataFrom")
                .forEach((index, entry) -> {
                    Map<String, SecretValue> values = new HashMap<>();
                    ((Map<?, ?>) entry).forEach((k, v) -> values.put(String.valueOf(k), value(v)));
                    dataFrom.put(Integer.valueOf(String.valueOf(index)), values);
                });
        Map<Integer, SecretValue> data = new HashMap<>();
        section(file, "data")
                .forEach((index, v) -> data.put(Integer.valueOf(String.valueOf(index)), value(v)));
        return new ReadValues(dataFrom, data);
    }

    private static Map<?, ?> section(Map<?, ?> file, String name) {
        return file.get(name) instanceof Map<?, ?> section ? section : Map.of();
    }

    private static SecretValue value(Object value) {
        return SecretValue.of(GoldenCase.bytes(value));
    }
}
