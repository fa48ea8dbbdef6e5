package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

    /** The offsets are those that Go 1.25 prints. */
    @ParameterizedTest
    @CsvSource({
        "!!!!, 0",
        "Zm9v!, 4",
        "Zm9, 0",
        "Zm9vYg, 4",
        "Zm9vYg=, 7",
        "Zm9vYg=x, 6",
        "Zm9vYg==x, 8",
        "=, 0",
        "Z===, 1",
        "Zm9vYmE=Zm9v, 8",
        "Zm9v-_8=, 4",
        "Zm9vé, 4"
    })
    void whatIsNotBase64IsToldWithItsOffset(String text, int offset) {
        assertThatExceptionOfType(SealedFormatException.class)
                .isThrownBy(() -> Base64Text.decode(text))
                .withMessage("illegal base64 data at input byte " + offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zm9vYmE=", "Zm9v\nYmE=\n", "Zm9vYm\r\nE=", "Zm9vYmF="})
    void lineEndsAndLooseLastBitsAreTakenAsGoTakesThem(String text) throws Exception {
        assertThat(new String(Base64Text.decode(text), StandardCharsets.UTF_8)).isEqualTo("fooba");
    }
}
