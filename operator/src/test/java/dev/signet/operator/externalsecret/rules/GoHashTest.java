package dev.signet.operator.externalsecret.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoHashTest {

    private static Map<String, byte[]> data(String... keysAndValues) {
        Map<String, byte[]> data = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            data.put(keysAndValues[i], keysAndValues[i + 1].getBytes(UTF_8));
        }
        return data;
    }

    @Test
    void hashesNoData() {
        assertThat(GoHash.data(Map.of()))
                .isEqualTo("74a974446e359fb3e6baff9bd0058950e6edd0f040888d9989b0a11b");
    }

    @Test
    void hashesOneValue() {
        assertThat(GoHash.data(data("password", "s3cr3t")))
                .isEqualTo("32624ec2bbb01c19a38546e9e3c9996bce3ad67744c9550874b627b9");
    }

    @Test
    void hashesKeysInOrder() {
        assertThat(GoHash.data(data("b", "1", "a", "hello")))
                .isEqualTo("cd6a193a87ca895c568f31df133588f9ade778df0c0cefb5a83a47cb");
        assertThat(GoHash.data(data("a_b", "z", "a.b", "x", "a-b", "y", "A", "q")))
                .isEqualTo("52088c14e2b46e77fc0501e7d6f3643c1bb4d95003a4312d3038ddbe");
    }

    @Test
    void hashesAnEmptyValue() {
        assertThat(GoHash.data(data("a", "")))
                .isEqualTo("b4267d3031c382774d3148a47147cc308a0e534ac8381b5d58565df8");
    }

    @Test
    void hashesBytesAsUnsigned() {
        assertThat(GoHash.data(Map.of("k", new byte[] {0, (byte) 0xff, 0x10})))
                .isEqualTo("3248f336b7ce931745cee7969ebfa62b16523b5520d5fb7cd5b5c0f4");
    }

    @Test
    void hashesTheOwner() {
        assertThat(GoHash.owner("default", "my-es"))
                .isEqualTo("b8464376b5fe3535e690594280bfe59b60be2603cb6cbb6d6c8bcbb4");
    }

    @Test
    void hashesMetadata() {
        assertThat(GoHash.metadata(Map.of(), Map.of()))
                .isEqualTo("f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2");
        assertThat(GoHash.metadata(Map.of("x", "y", "b", "c d"), Map.of("a", "1")))
                .isEqualTo("81e783db5d074f13687ef7275bb78ee00247eeb9e783a2c82903dc9f");
    }

    @Test
    void putsTheGenerationBeforeTheHashOfMetadata() {
        assertThat(GoHash.syncedResourceVersion(7, Map.of(), Map.of()))
                .isEqualTo("7-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2");
    }

    @Test
    void hashesJsonObjects() {
        assertThat(GoHash.json(Map.of("a", "b", "c", "d")))
                .isEqualTo("ce9271d5a309fe7d06019ac6438083bc022d8741a036bd68fd538d24");
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("z", null);
        assertThat(
                        GoHash.json(
                                Map.of(
                                        "n",
                                        3,
                                        "f",
                                        1.5,
                                        "b",
                                        true,
                                        "l",
                                        List.of("x", 1),
                                        "m",
                                        withNull)))
                .isEqualTo("80b20b653dd2d97301a47dd4f949ced658ce42bdd3d72070bf24b848");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.0, 1",
        "-2.5, -2.5",
        "100000.0, 100000",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.25e+22, 1.25e+22",
        "-1e100, -1e+100",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.5e-7, 1.5e-07",
        "4.9e-324, 5e-324",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf"
    })
    void printsFloatsAsGoDoes(double number, String text) {
        assertThat(GoPrint.value(number)).isEqualTo(text);
    }

    @Test
    void printsIntegersOfAnySize() {
        assertThat(GoPrint.value(Arrays.asList(1, 2L, new BigInteger("99999999999999999999"))))
                .isEqualTo("[1 2 99999999999999999999]");
    }

    @Test
    void ordersKeysByTheirBytes() {
        // U+FF61 sorts before U+1F600 in UTF-8 and after it in UTF-16.
        assertThat(GoPrint.value(Map.of("\uD83D\uDE00", 1, "\uFF61", 2)))
                .isEqualTo("map[\uFF61:2 \uD83D\uDE00:1]");
    }
}
