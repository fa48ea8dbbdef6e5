package dev.signet.gjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GJsonTest {

    private static final int MANY = 50_000;

    @Test
    void escapedKeyMeansThatKeyAlone() {
        for (String key : List.of("a.b", "*", "a|b", "@this", "!x", "{a}", "k\\y", "é", "#")) {
            String json = GoJson.marshal(Map.of(key, "found", "other", "wrong"));
            assertThat(GJson.get(json, GJson.escape(key)).string()).as(key).isEqualTo("found");
        }
    }

    @Test
    void keepsBytesThatAreNotUtf8() {
        byte[] json = "{\"k\":\"x?y\"}".getBytes(StandardCharsets.ISO_8859_1);
        json[7] = (byte) 0xFF;
        assertThat(GJson.get(json, "k").bytes()).containsExactly('x', 0xFF, 'y');
    }

    @Test
    void showsNoValueWhenPrinted() {
        assertThat(GJson.get("{\"k\":\"canary\"}", "k")).hasToString("Result[String]");
        assertThat(GJson.get("{}", "k")).hasToString("Result[nothing]");
        assertThat(new GoJson.Raw("\"canary\"").toString()).doesNotContain("canary");
    }

    @Test
    void marshalsTreesOfJavaValues() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", List.of(1, 1.5, true, "<"));
        tree.put("a", null);
        tree.put("😀", Map.of());
        tree.put("ﬀ", List.of());
        tree.put("r", new GoJson.Raw(" { \"n\" : 1.50 } "));
        assertThat(GoJson.marshal(tree))
                .isEqualTo(
                        "{\"a\":null,\"r\":{\"n\":1.50},\"z\":[1,1.5,true,\"\\u003c\"],\"ﬀ\":[],\"😀\":{}}");
    }

    @Test
    void refusesToMarshalWhatHasNoJson() {
        assertThatThrownBy(() -> GoJson.marshal(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GoJson.marshal(new GoJson.Raw("canary")))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@pretty",
                "@dig:a",
                "@flatten:{\"deep\":true}",
                "#.@dig:a",
                "@pretty:{\"sortKeys\":true}"
            })
    void endsEarlyOnJsonThatNestsWithoutEnd(String path) throws InterruptedException {
        String json = "[".repeat(MANY) + "]".repeat(MANY);
        assertThat(onSmallStack(() -> GJson.get(json, path)))
                .isInstanceOf(PathLimitException.class);
    }

    @Test
    void endsEarlyOnPathsThatNestWithoutEnd() throws InterruptedException {
        String objects = "{\"a\":".repeat(MANY) + "1" + "}".repeat(MANY);
        String arrays = "[".repeat(MANY) + "]".repeat(MANY);
        List<Map.Entry<String, String>> hostile =
                List.of(
                        Map.entry(objects, "a.".repeat(MANY) + "a"),
                        Map.entry(arrays, "0.".repeat(MANY) + "0"),
                        Map.entry(arrays, "#.".repeat(MANY) + "0"),
                        Map.entry(arrays, "#(".repeat(MANY) + ")".repeat(MANY)),
                        Map.entry("[1]", "[".repeat(MANY) + "@this" + "]".repeat(MANY)),
                        Map.entry("{}", "@this|".repeat(MANY) + "@tostr"),
                        Map.entry("[1]", "[@this,@this]|".repeat(60) + "0"),
                        Map.entry("\"\\\\\"", "@tostr|".repeat(60) + "@this"));
        for (Map.Entry<String, String> input : hostile) {
            Throwable thrown = onSmallStack(() -> GJson.get(input.getKey(), input.getValue()));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(PathLimitException.class);
            }
        }
    }

    @Test
    void endsEarlyOnPatternsThatMatchAlmostEverywhere() throws InterruptedException {
        String json = GoJson.marshal(List.of("a".repeat(MANY) + "c"));
        String path = "#(%\"*" + "a".repeat(MANY / 2) + "b*\")";
        assertThat(onSmallStack(() -> GJson.get(json, path)))
                .isInstanceOf(PathLimitException.class);
    }

    @Test
    void readsJsonThatNestsWithoutEndWhereNoStackIsNeeded() throws InterruptedException {
        String json = "[".repeat(MANY) + "]".repeat(MANY);
        assertThat(onSmallStack(() -> assertThat(GJson.isValid(json)).isTrue())).isNull();
        assertThat(onSmallStack(() -> assertThat(GoJson.compact(json)).isEqualTo(json))).isNull();
        assertThat(onSmallStack(() -> GJson.get(json, "@ugly"))).isNull();
        assertThat(onSmallStack(() -> GoJson.normalize(json)))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void takesTwoHundredLevels() throws InterruptedException {
        int depth = 200;
        String json = "[".repeat(depth) + "]".repeat(depth);
        for (String path : List.of("@pretty", "@dig:a", "@flatten:{\"deep\":true}", "#.@this")) {
            assertThat(onSmallStack(() -> GJson.get(json, path))).as(path).isNull();
        }
        String path = "#.".repeat(depth - 2) + "#";
        assertThat(onSmallStack(() -> GJson.get(json, path))).isNull();
        String query = "#(".repeat(depth / 2) + ")".repeat(depth / 2);
        assertThat(onSmallStack(() -> GJson.get(json, query))).isNull();
        assertThat(onSmallStack(() -> GoJson.normalize(json))).isNull();
    }

    /** What the work threw, on a stack half the size of the usual one. */
    private static Throwable onSmallStack(Runnable work) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(null, work, "small stack", 512 * 1024);
        thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
        thread.start();
        thread.join();
        return thrown[0];
    }
}
