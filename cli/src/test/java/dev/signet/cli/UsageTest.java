package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UsageTest {

    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... words) {
        CommandLine command = Main.commandLine(environment);
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --concurrent=x | Invalid value for option '--concurrent': 'x' is no whole number
                    --concurrent=0 | Invalid value for option '--concurrent': '0' is not above zero
                    --concurrent | Missing required parameter for option '--concurrent' (N)
                    --store-requeue-interval=5 | Invalid value for option '--store-requeue-interval': '5' is no duration; write it like 5m or 1h30m
                    --store-requeue-interval=-5m | Invalid value for option '--store-requeue-interval': '-5m' is not above zero
                    --store-requeue-interval=0s | Invalid value for option '--store-requeue-interval': '0s' is not above zero
                    --refreshes-per-second=-1 | Invalid value for option '--refreshes-per-second': '-1' is not zero or above
                    --refreshes-per-second=NaN | Invalid value for option '--refreshes-per-second': 'NaN' is not zero or above
                    --refreshes-per-second=Infinity | Invalid value for option '--refreshes-per-second': 'Infinity' is not zero or above
                    --refreshes-per-second=few | Invalid value for option '--refreshes-per-second': 'few' is no number
                    --namespace=Bad | Invalid value for option '--namespace': 'Bad' is no name of a namespace: at most 63 of a-z, 0-9 and -, a letter or digit at both ends
                    --metrics-addr=here | Invalid value for option '--metrics-addr': address 'here' has no port; expected host:port, :port or [IPv6]:port, or 0 to turn it off
                    --live-addr=:99999 | Invalid value for option '--live-addr': address ':99999' has no port between 0 and 65535; expected host:port, :port or [IPv6]:port, or 0 to turn it off
                    --loglevel=loud | Invalid value for option '--loglevel': log level 'loud' is not one of debug, info, warn, error, dpanic, panic, fatal
                    --zap-time-encoding=sundial | Invalid value for option '--zap-time-encoding': time encoding 'sundial' is not one of epoch, millis, nano, iso8601, rfc3339, rfc3339nano
                    --enable-flood-gate=perhaps | Invalid value for option '--enable-flood-gate': 'perhaps' is not a boolean
                    --enable-leader-election | --enable-leader-election is not supported yet; run one replica, and leave the flag out
                    --metrics-secure | --metrics-secure is not supported yet; metrics are served without TLS
                    --unsafe-allow-generic-targets | --unsafe-allow-generic-targets is not supported yet; only Secrets are written
                    --template-left-delimiter=[[ | --template-left-delimiter is not supported yet; templates are written between {{ and }}
                    --template-right-delimiter=]] | --template-right-delimiter is not supported yet; templates are written between {{ and }}
                    extra | Unmatched argument at index 1: 'extra'
                    """)
    void eachWrongValueOfRunIsToldInOneLine(String word, String message) {
        assertThat(run(Map.of(), "run", word)).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString()).isEqualTo("signet: " + message + "; see signet run --help\n");
    }

    @ParameterizedTest
    @CsvSource({
        "SIGNET_CONCURRENT, 0",
        "SIGNET_STORE_REQUEUE_INTERVAL, soon",
        "SIGNET_REFRESHES_PER_SECOND, -3",
        "SIGNET_NAMESPACE, A b",
        "SIGNET_METRICS_ADDR, x",
        "SIGNET_LIVE_ADDR, x",
        "SIGNET_LOGLEVEL, x",
        "SIGNET_ZAP_TIME_ENCODING, x",
        "SIGNET_ENABLE_FLOOD_GATE, x",
        "SIGNET_ENABLE_CLUSTER_STORE_RECONCILER, x"
    })
    void wrongValueInTheEnvironmentIsToldByTheNameOfTheVariable(String name, String value) {
        assertThat(run(Map.of(name, value), "run")).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString())
                .startsWith("signet: Invalid value for variable " + name + ": ")
                .endsWith("; see signet run --help\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void flagOverridesTheEnvironmentAndIsTheOneToBlame() {
        assertThat(run(Map.of("SIGNET_CONCURRENT", "3"), "run", "--concurrent=0"))
                .isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString()).contains("option '--concurrent'");
    }

    @Test
    void unknownFlagIsAnsweredWithTheOneThatIsMeant() {
        assertThat(run(Map.of(), "run", "--loglvl=debug")).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString())
                .startsWith("signet: Unknown option: '--loglvl=debug'; did you mean --loglevel")
                .endsWith("see signet run --help\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void unknownCommandIsAnsweredWithTheOneThatIsMeant() {
        assertThat(run(Map.of(), "rum")).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString())
                .startsWith("signet: Unmatched argument at index 0: 'rum'; did you mean run")
                .containsOnlyOnce("\n");
    }

    @Test
    void noCommandAtAllIsWrongUsage() {
        assertThat(run(Map.of())).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString()).isEqualTo("signet: no command is given; see signet --help\n");
    }

    @Test
    void providerThatCannotBeTriedIsToldInOneLine() {
        assertThat(run(Map.of(), "try", "--provider", "paper")).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString())
                .isEqualTo(
                        "signet: Invalid value for option '--provider': 'paper' is not one of sealed, vault, aws; see signet try --help\n");
    }

    @Test
    void unknownOutputFormatIsToldInOneLine() {
        assertThat(run(Map.of(), "version", "-o", "xml")).isEqualTo(Main.WRONG_USAGE);

        assertThat(err.toString())
                .isEqualTo(
                        "signet: Invalid value for option '--output': 'xml' is not one of text, json; see signet version --help\n");
    }
}
