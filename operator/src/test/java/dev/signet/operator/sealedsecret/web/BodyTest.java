package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BodyTest {

    private static void assertRefused(String text, String reason) {
        assertThatExceptionOfType(BadObjectException.class)
                .isThrownBy(() -> Body.read(text.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(reason);
    }

    @Test
    void moreNamesAndValuesThanAnObjectHasAreRefusedBeforeTheyAreMade() {
        String many = "{\"a\":[" + "{},".repeat(500_000) + "{}]}";

        assertRefused(many, "more than 20000 names and values");
        assertRefused("---\n" + many, "more than 20000 names and values");
    }

    @Test
    void numbersOfAMillionDigitsAreNotMade() {
        String digits = "7".repeat(1_500_000);

        assertRefused("{\"a\":" + digits + "}", "too long");
        assertRefused("a: " + digits, "too long");
        assertRefused("a: -0x" + digits, "too long");
    }

    @Test
    void noTagMakesANumberOfAText() {
        assertRefused("a: !!int \"" + "7".repeat(1_500_000) + "\"", "tags");
        assertRefused("a: !!int " + "\u0667".repeat(10_000), "tags");
        assertRefused("a: !!set {b}", "tags");
    }

    @Test
    void whatBeginsAsJsonAndIsTooMuchIsNotTriedAsYaml() {
        assertRefused("{\"" + "k".repeat(60_000) + "\":1}", "too long");
        assertRefused("{\"a\":" + "[".repeat(200), "nested too deeply");
    }

    @Test
    void textsOfAnyLengthAndObjectsThatBeginWithABraceAreRead() throws BadObjectException {
        String text = "Ag".repeat(100_000);

        assertThat(
                        Body.read(("a: " + text + "\nb: true").getBytes(StandardCharsets.UTF_8))
                                .toString())
                .isEqualTo("{\"a\":\"%s\",\"b\":true}".formatted(text));
        assertThat(Body.read("{a: 1, b: x}".getBytes(StandardCharsets.UTF_8)).toString())
                .isEqualTo("{\"a\":1,\"b\":\"x\"}");
    }
}
