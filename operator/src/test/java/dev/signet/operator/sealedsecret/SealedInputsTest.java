package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedInputsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE =
            """
            {"metadata": {"namespace": "n", "name": "a", "uid": "u", "labels": {"x": "y"},
              "resourceVersion": "1"},
             "spec": {"encryptedData": {"k1": "AAA", "k2": "BBB"},
              "template": {"type": "Opaque", "metadata": {"labels": {"a": "1", "b": "2"}}}}}
            """;

    private static String of(String json) throws Exception {
        return new SealedInputs(JSON, true).of(JSON.readValue(json, SealedSecret.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"namespace\": \"n\"|\"namespace\": \"m\"",
                "\"name\": \"a\"|\"name\": \"b\"",
                "\"uid\": \"u\"|\"uid\": \"v\"",
                "\"AAA\"|\"AAB\"",
                "\"k1\"|\"k3\"",
                "\"Opaque\"|\"other\"",
                "\"a\": \"1\"|\"a\": \"2\"",
                "\"type\"|\"immutable\": true, \"type\"",
                "\"uid\"|\"annotations\": {\"sealedsecrets.bitnami.com/cluster-wide\": \"true\"}, \"uid\"",
                "\"uid\"|\"annotations\": {\"signet.dev/store-only\": \"true\"}, \"uid\""
            })
    void whateverMakesAnotherSecretGivesAnotherHash(String change) throws Exception {
        List<String> parts = List.of(change.split("\\|"));

        String changed = of(BASE.replace(parts.getFirst(), parts.getLast()));

        assertThat(changed).isNotEqualTo(of(BASE)).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\": \"y\"}|{\"x\": \"z\"}",
                "\"resourceVersion\": \"1\"|\"resourceVersion\": \"2\"",
                "\"a\": \"1\", \"b\": \"2\"|\"b\": \"2\", \"a\": \"1\"",
                "\"k1\": \"AAA\", \"k2\": \"BBB\"|\"k2\": \"BBB\", \"k1\": \"AAA\""
            })
    void whatMakesTheSameSecretGivesTheSameHash(String change) throws Exception {
        List<String> parts = List.of(change.split("\\|"));

        assertThat(of(BASE.replace(parts.getFirst(), parts.getLast()))).isEqualTo(of(BASE));
    }

    @Test
    void textsDoNotRunIntoEachOther() throws Exception {
        String one = BASE.replace("\"k1\": \"AAA\", \"k2\": \"BBB\"", "\"ab\": \"c\"");
        String other = BASE.replace("\"k1\": \"AAA\", \"k2\": \"BBB\"", "\"a\": \"bc\"");

        assertThat(of(one)).isNotEqualTo(of(other));
    }
}
