package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values and keys at the limits of what a Secret holds, and beyond. */
class OddValuesE2E {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int KEYS = 5000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static OpenBao bao;
    private Space space;
    private RunningOperator operator;

    @BeforeAll
    static void startVault() {
        bao = OpenBao.builder(Binaries.discover()).start();
    }

    @AfterAll
    static void stopVault() {
        bao.close();
    }

    @BeforeEach
    void start() {
        space = Space.fresh();
        space.storeOf(bao);
        operator = RunningOperator.in(space.namespace());
    }

    @AfterEach
    void stop() {
        assertThat(operator.fatal()).isEmpty();
        operator.close();
        space.close();
    }

    @Test
    void valueTooLargeForASecretIsToldAndTheOldOneStays() {
        String large = "x".repeat(MEBIBYTE - 1);
        put("large", Map.of("k", large));
        read("large", "data: [{secretKey: k, remoteRef: {key: large, property: k}}]");
        space.awaitData("large", Map.of("k", large));
        String version = space.version("large");

        put("large", Map.of("k", "y".repeat(MEBIBYTE + 1)));
        space.awaitNotReady(
                "large", "the values have 1048577 bytes and a Secret holds at most 1048576");

        assertThat(space.version("large")).isEqualTo(version);
        assertThat(space.ready("large").message()).doesNotContain("yyyy");
        put("large", Map.of("k", "z"));
        space.awaitData("large", Map.of("k", "z"));
        space.awaitReady("large");
    }

    /** In one property, because OpenBao takes a thousand texts in a request at most. */
    @Test
    void fiveThousandKeysAreExtracted() throws Exception {
        Map<String, String> many = new TreeMap<>();
        IntStream.range(0, KEYS).forEach(i -> many.put("key-" + i, "value " + i));
        put("many", Map.of("all", JSON.writeValueAsString(many)));
        read("many", "dataFrom: [{extract: {key: many, property: all}}]");

        space.awaitData("many", many);
        space.awaitReady("many");
        many.put("key-17", "another");
        many.remove("key-18");
        put("many", Map.of("all", JSON.writeValueAsString(many)));
        space.awaitData("many", many);
    }

    @Test
    void valuesOfAllSortsComeThroughAsTheyAre() {
        Map<String, String> odd =
                Map.of(
                        "empty", "",
                        "nul", "a\u0000b",
                        "lines", "a\r\nb\n",
                        "emoji", "\uD83D\uDD11 \u00FC \u6F22 \u202E",
                        "template", "{{ .user }}",
                        "yaml", "a: [1, *x]");
        put("odd", odd);
        read("odd", "dataFrom: [{extract: {key: odd}}]");

        space.awaitData("odd", new TreeMap<>(odd));
    }

    @Test
    void keysThatASecretCannotHaveAreConverted() {
        put("keys", Map.of("a b/c", "1", "\uD83D\uDD11", "2", "", "no name"));
        read("plain", "dataFrom: [{extract: {key: keys}}]");
        read("unicode", "dataFrom: [{extract: {key: keys, conversionStrategy: Unicode}}]");

        space.awaitData("plain", Map.of("a_b_c", "1", "_", "2"));
        space.awaitData("unicode", Map.of("a_U0020_b_U002f_c", "1", "_U1f511_", "2"));
    }

    @Test
    void keyThatCannotBeConvertedIsNamed() {
        put("letter", Map.of("\u00FCber", "1"));
        read("letter", "dataFrom: [{extract: {key: letter, conversionStrategy: Unicode}}]");

        space.awaitNotReady("letter", "\u00FCber", "cannot be a key of a Secret");
        assertThat(space.find(Kind.SECRET, "letter")).isEmpty();
    }

    private static void put(String key, Map<String, String> data) {
        bao.api().putKv2("secret", key, data);
    }

    private void read(String name, String source) {
        space.apply(
                """
                kind: ExternalSecret
                apiVersion: external-secrets.io/v1
                metadata: {name: %s}
                spec:
                  secretStoreRef: {name: vault}
                  refreshInterval: 2s
                  %s
                """
                        .formatted(name, source));
    }
}
