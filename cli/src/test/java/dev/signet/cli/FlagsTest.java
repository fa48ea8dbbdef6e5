package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

class FlagsTest {

    private static CommandLine run(Map<String, String> environment) {
        return Main.commandLine(environment).getSubcommands().get("run");
    }

    private static String value(CommandLine run, String flag) {
        Object value = run.getCommandSpec().findOption(flag).getValue();
        return String.valueOf(value);
    }

    @Test
    void everyFlagOfRunIsPinnedHere() {
        assertThat(run(Map.of()).getCommandSpec().options())
                .filteredOn(option -> EnvironmentDefaults.variable(option).isPresent())
                .extracting(OptionSpec::longestName)
                .containsExactlyInAnyOrder(
                        "--namespace",
                        "--controller-class",
                        "--concurrent",
                        "--store-requeue-interval",
                        "--refreshes-per-second",
                        "--enable-cluster-store-reconciler",
                        "--enable-flood-gate",
                        "--metrics-addr",
                        "--live-addr",
                        "--loglevel",
                        "--zap-time-encoding");
    }

    @ParameterizedTest
    @CsvSource({
        "--namespace, SIGNET_NAMESPACE, '', team-a, team-a",
        "--controller-class, SIGNET_CONTROLLER_CLASS, default, mine, mine",
        "--concurrent, SIGNET_CONCURRENT, 32, 8, 8",
        "--store-requeue-interval, SIGNET_STORE_REQUEUE_INTERVAL, PT5M, 1h30m, PT1H30M",
        "--refreshes-per-second, SIGNET_REFRESHES_PER_SECOND, 0.0, 2.5, 2.5",
        "--enable-cluster-store-reconciler, SIGNET_ENABLE_CLUSTER_STORE_RECONCILER, true, false, false",
        "--enable-flood-gate, SIGNET_ENABLE_FLOOD_GATE, true, false, false",
        "--metrics-addr, SIGNET_METRICS_ADDR, :8081, 127.0.0.1:9000, 127.0.0.1:9000",
        "--live-addr, SIGNET_LIVE_ADDR, :8082, 0, 0",
        "--loglevel, SIGNET_LOGLEVEL, INFO, debug, DEBUG",
        "--zap-time-encoding, SIGNET_ZAP_TIME_ENCODING, EPOCH, rfc3339, RFC3339"
    })
    void flagHasItsDefaultAndIsSetByItselfAndByItsVariable(
            String flag, String variable, String byDefault, String given, String read) {
        CommandLine plain = run(Map.of());
        plain.parseArgs();
        CommandLine empty = run(Map.of(variable, ""));
        empty.parseArgs();
        CommandLine fromEnvironment = run(Map.of(variable, given));
        fromEnvironment.parseArgs();
        CommandLine fromFlag = run(Map.of(variable, "not even valid"));
        fromFlag.parseArgs(flag + "=" + given);

        assertThat(value(plain, flag)).isEqualTo(byDefault);
        assertThat(value(empty, flag)).isEqualTo(byDefault);
        assertThat(value(fromEnvironment, flag)).isEqualTo(read);
        assertThat(value(fromFlag, flag)).isEqualTo(read);
    }

    @Test
    void flagsThatAreSwitchesNeedNoValue() {
        CommandLine run = run(Map.of("SIGNET_ENABLE_FLOOD_GATE", "false"));
        run.parseArgs("--enable-flood-gate");

        assertThat(value(run, "--enable-flood-gate")).isEqualTo("true");
    }

    @Test
    void everyFlagSaysWhatItIsFor() {
        assertThat(run(Map.of()).getCommandSpec().options())
                .filteredOn(option -> !option.hidden())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty())
                .extracting(ArgSpec::paramLabel)
                .noneMatch(label -> label.startsWith("<"));
    }

    @Test
    void everyCommandShowsAnExample() {
        CommandLine root = Main.commandLine(Map.of());

        assertThat(root.getSubcommands().entrySet())
                .filteredOn(entry -> !entry.getKey().equals("help"))
                .allSatisfy(entry ->
                        assertThat(entry.getValue().getUsageMessage())
                                .contains("Example:")
                                .contains("signet " + entry.getKey()));
    }

    @Test
    void theDocumentedTableIsTheOneOfThisVersion() throws Exception {
        Path file = Path.of("../docs/reference/flags.md");
        String expected = FlagsTable.of(Main.commandLine(Map.of()));
        if (Boolean.getBoolean("signet.golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }

        assertThat(file).content().isEqualTo(expected);
    }

    @Test
    void flagsThatAreTakenForCompatibilityAreInTheTable() {
        String table = FlagsTable.of(Main.commandLine(Map.of()));

        assertThat(List.of("--client-qps", "--enable-secrets-caching", "--metrics-secure"))
                .allSatisfy(flag -> assertThat(table).contains("`" + flag + "`"));
    }
}
