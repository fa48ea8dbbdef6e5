package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "1h0m0s, PT1H",
        "1h, PT1H",
        "90m, PT1H30M",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "10ms, PT0.01S",
        "3us, PT0.000003S",
        "3µs, PT0.000003S",
        "1ns, PT0.000000001S",
        "-5m, PT-5M",
        "+5m, PT5M",
        "1m1h, PT1H1M"
    })
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "h", "1d", "1 h", "--1h", "1h-", ".s", "1h5", "-", "2562048h"})
    void refusesWhatGoRefuses(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
