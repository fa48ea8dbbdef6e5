package dev.signet.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final Json JSON = new Json(5, 20, 50);

    private static Object parsed(String text) throws IOException {
        return JSON.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsHowNumbersAreWritten() throws IOException {
        assertThat(parsed("[1.50,1e3,12345678901234567890]"))
                .hasToString("[1.50, 1e3, 12345678901234567890]");
    }

    @Test
    void answersForMembersThatAreNotThere() throws IOException {
        JsonObject object = JsonObject.of(parsed("{\"t\":\"x\",\"o\":{\"n\":null},\"l\":[1]}"));

        assertThat(object.text("t")).isEqualTo("x");
        assertThat(object.text("l")).isEmpty();
        assertThat(object.object("o").members()).containsOnlyKeys("n");
        assertThat(object.object("t").isEmpty()).isTrue();
        assertThat(object.list("l")).hasSize(1);
        assertThat(object.list("o")).isEmpty();
        assertThat(object.get("none")).isNull();
        assertThat(object.toString()).doesNotContain("x");
        assertThat(JsonObject.of("x").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{} {}",
                "{\"a\":",
                "[[[[[[1]]]]]]",
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]",
                "\"0123456789012345678901234567890123456789012345678901234567890\"",
            })
    void refusesWhatIsNotOneValueWithinItsBounds(String text) {
        assertThatThrownBy(() -> parsed(text)).isInstanceOf(IOException.class);
    }
}
