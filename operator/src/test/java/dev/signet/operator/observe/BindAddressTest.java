package dev.signet.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

    @ParameterizedTest
    @CsvSource({
        ":8080, '', 8080",
        "0.0.0.0:8080, 0.0.0.0, 8080",
        "localhost:1, localhost, 1",
        "[::1]:65535, ::1, 65535",
        "[::]:0, ::, 0",
    })
    void readsHostAndPortAndWritesThemTheSameWay(String text, String host, int port) {
        BindAddress address = BindAddress.parse(text);

        assertThat(address).isEqualTo(new BindAddress(host, port)).hasToString(text);
        assertThat(address.enabled()).isTrue();
    }

    @Test
    void zeroAloneTurnsItOff() {
        assertThat(BindAddress.parse("0")).isEqualTo(BindAddress.DISABLED).hasToString("0");
        assertThat(BindAddress.DISABLED.enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8080",
                "localhost",
                ":",
                ":x",
                ":-1",
                ":65536",
                ":123456",
                "::1:8080",
                "[::1]",
                "[::1]8080",
                "http://x:80",
                "a b:80",
                ": 80"
            })
    void refusesWhatItCannotReadAndSaysWhatItExpects(String text) {
        assertThatThrownBy(() -> BindAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("expected host:port, :port or [IPv6]:port, or 0");
    }

    @Test
    void noHostMeansAllAddresses() throws UnknownHostException {
        assertThat(BindAddress.parse(":80").resolve().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(BindAddress.parse("127.0.0.1:80").resolve().getAddress().isLoopbackAddress())
                .isTrue();
    }
}
