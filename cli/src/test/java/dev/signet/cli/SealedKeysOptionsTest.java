package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.KeySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class SealedKeysOptionsTest {

    private final SealedKeysOptions options = new SealedKeysOptions();
    private final CommandLine command = new CommandLine(CommandLine.Model.CommandSpec.create());

    private KeySettings keys(String... words) {
        command.getCommandSpec()
                .addMixin("keys", CommandLine.Model.CommandSpec.forAnnotatedObject(options));
        command.parseArgs(words);
        return options.keys(command);
    }

    @Test
    void withoutFlagsKeysAreAsByDefault() {
        assertThat(keys()).isEqualTo(KeySettings.DEFAULTS);
        assertThat(options.api()).isEqualTo(ApiSettings.DEFAULTS);
    }

    @Test
    void flagsAreReadAsBitnamisControllerReadsThem() {
        KeySettings keys =
                keys(
                        "--key-cutoff-time=Mon, 02 Jan 2006 15:04:05 -0700",
                        "--privatekey-labels=a=b, c=d=e",
                        "--rotate-period=24h",
                        "--listen-addr=:9090",
                        "--certificate-configmap=none");

        assertThat(keys.cutoff()).isEqualTo(Instant.parse("2006-01-02T22:04:05Z"));
        assertThat(keys.labels()).isEqualTo(Map.of("a", "b", "c", "d=e"));
        assertThat(keys.renewPeriod()).isEqualTo(Duration.ofDays(1));
        assertThat(keys.certificateMap()).isEmpty();
        assertThat(options.api().address().port()).isEqualTo(9090);
    }

    @Test
    void whatCannotBeReadIsToldWithItsFlag() {
        assertThatThrownBy(() -> keys("--key-cutoff-time=yesterday"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--key-cutoff-time: 'yesterday'")
                .hasMessageContaining("date -R");
    }

    @Test
    void keysThatAreTooSmallAreRefused() {
        assertThatThrownBy(() -> keys("--key-size=1024"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--key-size: 1024");
    }
}
