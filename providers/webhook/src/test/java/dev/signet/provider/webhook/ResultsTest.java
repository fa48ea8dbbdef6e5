package dev.signet.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSONPaths lead to, and how it is written. */
class ResultsTest {

    private static final String ANSWER =
            """
            {"s":"te<xt","i":12345678901234567890,"f":1.50,"t":true,"n":null,"e":[],
             "l":["first","second"],"ll":[[7]],"o":{"b":1e3,"a":"<"},
             "items":[{"name":"x","value":"vx"},{"name":"y","value":"vy"}],
             "text":"{\\"k\\":\\"v\\"}","canary":"c4n4ry"}
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "$.s ~ te<xt",
                "s ~ te<xt",
                "$['s'] ~ te<xt",
                "$.i ~ 12345678901234567890",
                "$.f ~ 1.50",
                "$.t ~ true",
                "$.n ~ ^^",
                "$.l ~ first",
                "$.ll ~ 7",
                "$.l[1] ~ second",
                "$.l[-1] ~ second",
                "$.o ~ {\"a\":\"\\u003c\",\"b\":1000}",
                "$.items[?(@.name=='y')].value ~ vy",
                "$.items[?(@.name in ['z','x'])].value ~ vx",
                "$..value ~ vx",
            })
    void picksAValue(String path, String expected) throws TemplateException {
        assertThat(Results.value(bytes(ANSWER), path).utf8()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.none",
                "$.e",
                "$.l[9]",
                "$.s.deeper",
                "$.items[?(@.name=='z')].value",
                "$[",
                "$.items[?(@.name =~ /x+/)]",
                "$..a..b..c",
            })
    void refusesWithoutShowingTheAnswer(String path) {
        assertThatThrownBy(() -> Results.value(bytes(ANSWER), path))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("jsonPath")
                .hasMessageNotContaining("c4n4ry");
    }

    @Test
    void givesTheWholeAnswerWithoutAPath() throws TemplateException {
        byte[] bytes = {(byte) 0xff, 0, 10};

        assertThat(Results.value(bytes, "").bytes()).isEqualTo(bytes);
    }

    @Test
    void extractsMembers() throws TemplateException {
        assertThat(members("$.o")).isEqualTo(Map.of("a", "<", "b", "1000"));
        assertThat(members("$.text")).isEqualTo(Map.of("k", "v"));
        assertThat(members(""))
                .containsEntry("f", "1.5")
                .containsEntry("n", "")
                .containsEntry("l", "[\"first\",\"second\"]");
        for (String path : new String[] {"$.l", "$.s", "$.i", "$.items[*]"}) {
            assertThatThrownBy(() -> members(path))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageNotContaining("te<xt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c4n4ry", "{\"a\":c4n4ry}", "{} {}", "<html>c4n4ry</html>"})
    void refusesAnswersThatAreNoJsonWithoutShowingThem(String answer) {
        assertThatThrownBy(() -> Results.value(bytes(answer), "$.a"))
                .isInstanceOf(TemplateException.class)
                .hasMessageNotContaining("c4n4ry");
    }

    @Test
    void boundsWhatIsSearched() {
        String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
        String wide = "[" + "{\"a\":1},".repeat(30_000) + "1]";

        assertThatThrownBy(() -> Results.value(bytes(deep), "$.a")).hasMessageContaining("deep");
        assertThatThrownBy(() -> Results.value(bytes(wide), "$[?(@.a in $[*].a)]"))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> JsonPaths.check("$." + "a".repeat(1100)))
                .hasMessageContaining("longer than");
    }

    private static Map<String, String> members(String path) throws TemplateException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, SecretValue> member :
                Results.members(bytes(ANSWER), path).entrySet()) {
            texts.put(member.getKey(), member.getValue().utf8());
        }
        return texts;
    }

    @Test
    void aShortPathCannotMakeASmallAnswerIntoMoreThanMemoryHolds() {
        String nested = "[".repeat(60) + "]".repeat(60);
        String many = "[" + (nested + ",").repeat(160) + "0]";
        String named = "{\"" + "n".repeat(40_000) + "\":[" + "0,".repeat(20_000) + "0]}";

        assertThatThrownBy(() -> Results.value(bytes(many), "$..*..*"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("cannot be followed");
        assertThatThrownBy(() -> Results.value(bytes(named), "$.*[*]"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("cannot be followed");
    }
}
