package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongUsageIT {

    @TempDir Path folder;

    @Test
    void wrongFlagIsOneLineAndTheStatusOfWrongUsage() {
        SignetProcess.Ended ended =
                SignetProcess.run(folder, Map.of(), "run", "--concurrent", "many");

        assertThat(ended.err())
                .isEqualTo(
                        "signet: Invalid value for option '--concurrent': 'many' is no whole number; see signet run --help\n");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void wrongVariableIsNamed() {
        SignetProcess.Ended ended =
                SignetProcess.run(folder, Map.of("SIGNET_LOGLEVEL", "loud"), "run");

        assertThat(ended.err())
                .isEqualTo(
                        "signet: Invalid value for variable SIGNET_LOGLEVEL: log level 'loud' is not one of debug, info, warn, error, dpanic, panic, fatal; see signet run --help\n");
        assertThat(ended.status()).isEqualTo(2);
    }
}
