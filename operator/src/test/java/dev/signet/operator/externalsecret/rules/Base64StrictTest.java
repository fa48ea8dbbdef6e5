package dev.signet.operator.externalsecret.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64StrictTest {

    private static Optional<String> standard(String text) {
        return Base64Strict.standard(text.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
    }

    private static Optional<String> url(String text) {
        return Base64Strict.url(text.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void decodesBothAlphabets() {
        assertThat(standard("Zm9vJV8/YmFy")).contains("foo%_?bar");
        assertThat(url("Zm9vJV8_YmFy")).contains("foo%_?bar");
        assertThat(standard("Zm9vJV8_YmFy")).isEmpty();
        assertThat(url("Zm9vJV8/YmFy")).isEmpty();
        assertThat(standard("")).contains("");
    }

    @Test
    void passesOverLineBreaks() {
        assertThat(standard("Zm\r\n9v\n")).contains("foo");
        assertThat(standard("Zg=\n=\n")).contains("f");
    }

    @Test
    void takesAnyUnusedBits() {
        assertThat(standard("Zh==")).contains("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm 9v", "Zg==\tx", "Zm9v="})
    void refusesWhatGoRefuses(String text) {
        assertThat(standard(text)).isEmpty();
        assertThat(url(text)).isEmpty();
    }
}
