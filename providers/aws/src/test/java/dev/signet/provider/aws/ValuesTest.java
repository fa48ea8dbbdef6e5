package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    private static final SecretValue NUMBERS =
            SecretValue.ofUtf8(
                    "{\"a\": 1.50, \"b\": 1e3, \"c\": 12345678901234567890, \"d\": null, \"e\": true}");

    @ParameterizedTest
    @CsvSource({"a,1.5", "b,1000", "c,12345678901234567890", "e,true"})
    void printsNumbersOfPropertiesAsGoDoes(String property, String expected) {
        assertThat(text(Values.value(NUMBERS, property, "s"))).isEqualTo(expected);
    }

    @Test
    void givesNothingForNull() {
        assertThat(text(Values.value(NUMBERS, "d", "s"))).isEmpty();
    }

    @Test
    void takesAKeyWithDotsBeforeAPath() {
        SecretValue both = SecretValue.ofUtf8("{\"tls.crt\":\"key\",\"tls\":{\"crt\":\"path\"}}");
        SecretValue path = SecretValue.ofUtf8("{\"tls\":{\"crt\":\"path\"}}");
        assertThat(text(Values.value(both, "tls.crt", "s"))).isEqualTo("key");
        assertThat(text(Values.value(path, "tls.crt", "s"))).isEqualTo("path");
    }

    @Test
    void extractsJsonAsItStands() {
        SecretValue json =
                SecretValue.ofUtf8("{\"n\": 1.50, \"o\": { \"k\" : [1, 2] }, \"s\": \"a\\nb\"}");
        assertThat(texts(Values.extract(json, "", "s")))
                .isEqualTo(Map.of("n", "1.50", "o", "{ \"k\" : [1, 2] }", "s", "a\nb"));
        assertThat(texts(Values.extract(json, "o", "s"))).isEqualTo(Map.of("k", "[1, 2]"));
    }

    @Test
    void saysThatAValueIsNoObjectWithoutShowingIt() {
        assertThat(Values.extract(SecretValue.ofUtf8("hunter2"), "", "s"))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "secret 's' is no JSON object to extract keys from"));
        assertThat(Values.extract(NUMBERS, "a", "s"))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "property 'a' of secret 's' is no JSON object to extract keys from"));
    }

    @Test
    void saysThatAPropertyIsNotThere() {
        assertThat(Values.value(SecretValue.ofUtf8("plain"), "x", "s"))
                .isEqualTo(new ReadOutcome.Invalid<>("secret 's' has no property 'x'"));
    }
}
