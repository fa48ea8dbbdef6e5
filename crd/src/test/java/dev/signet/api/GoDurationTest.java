package dev.signet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "-0, PT0S",
        "0s, PT0S",
        "1h0m0s, PT1H",
        "1.5h, PT1H30M",
        "300ms, PT0.3S",
        "-1.5h, PT-1H-30M",
        "+5s, PT5S",
        "2h45m30.5s, PT2H45M30.5S",
        ".5s, PT0.5S",
        "5.s, PT5S",
        "1us, PT0.000001S",
        "1\u00b5s, PT0.000001S",
        "1\u03bcs, PT0.000001S",
        "1.9ns, PT0.000000001S",
        "1m1h, PT1H1M",
        "0.3333333333333333333h, PT19M59.999999999S",
        "2562047h47m16.854775807s, PT2562047H47M16.854775807S",
        "-2562047h47m16.854775808s, PT-2562047H-47M-16.854775808S",
    })
    void readsWhatGoReads(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "1",
                "3000",
                "1d",
                "1h ",
                " 1h",
                "h",
                ".s",
                "--1s",
                "1h-1m",
                "1e3s",
                "PT1H",
                "1hh",
                "2562047h47m16.854775808s",
                "9223372036854775808ns",
                "1H"
            })
    void refusesWhatGoRefuses(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000001S, 1ns",
        "PT0.0000011S, 1.1\u00b5s",
        "PT0.0022S, 2.2ms",
        "PT0.3S, 300ms",
        "PT3.3S, 3.3s",
        "PT10S, 10s",
        "PT4M5S, 4m5s",
        "PT4M5.001S, 4m5.001s",
        "PT5H6M7.001S, 5h6m7.001s",
        "PT1H, 1h0m0s",
        "PT8M0.000000001S, 8m0.000000001s",
        "PT-1H-30M, -1h30m0s",
        "PT2562047H47M16.854775807S, 2562047h47m16.854775807s",
    })
    void writesWhatGoWrites(Duration duration, String expected) {
        assertThat(GoDuration.format(duration)).isEqualTo(expected);
    }

    @Test
    void readsWhatItWrites() {
        Duration odd = Duration.parse("PT27H13M0.000100007S");

        assertThat(GoDuration.parse(GoDuration.format(odd))).isEqualTo(odd);
    }
}
