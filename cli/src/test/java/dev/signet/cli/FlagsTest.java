package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** The value of a flag of run, once these words are read. */
    private static String value(String flag, Map<String, String> environment, String... words) {
        CommandLine root = Main.commandLine(environment);
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        root.parseArgs(all.toArray(String[]::new));
        Object value =
                root.getSubcommands().get("run").getCommandSpec().findOption(flag).getValue();
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
                        "--fallback-store",
                        "--allow-local-endpoints",
                        "--metrics-addr",
                        "--live-addr",
                        "--loglevel",
                        "--zap-time-encoding",
                        "--sealed-secrets",
                        "--all-namespaces",
                        "--additional-namespaces",
                        "--label-selector",
                        "--accept-deprecated-v1-data",
                        "--update-status",
                        "--skip-recreate",
                        "--metrics-omit-secret-labels",
                        "--sealed-secrets-listen-address",
                        "--rate-limit",
                        "--rate-limit-burst",
                        "--key-prefix",
                        "--key-size",
                        "--key-ttl",
                        "--my-cn",
                        "--key-renew-period",
                        "--key-order-priority",
                        "--key-cutoff-time",
                        "--privatekey-labels",
                        "--privatekey-annotations",
                        "--certificate-configmap");
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
        "--fallback-store, SIGNET_FALLBACK_STORE, '', ClusterSecretStore/sealed, ClusterSecretStore/sealed",
        "--allow-local-endpoints, SIGNET_ALLOW_LOCAL_ENDPOINTS, false, true, true",
        "--metrics-addr, SIGNET_METRICS_ADDR, :8081, 127.0.0.1:9000, 127.0.0.1:9000",
        "--live-addr, SIGNET_LIVE_ADDR, :8082, 0, 0",
        "--loglevel, SIGNET_LOGLEVEL, INFO, debug, DEBUG",
        "--zap-time-encoding, SIGNET_ZAP_TIME_ENCODING, EPOCH, rfc3339, RFC3339",
        "--sealed-secrets, SIGNET_SEALED_SECRETS, true, false, false",
        "--all-namespaces, SIGNET_ALL_NAMESPACES, true, false, false",
        "--additional-namespaces, SIGNET_ADDITIONAL_NAMESPACES, [], 'a,b', '[a, b]'",
        "--label-selector, SIGNET_LABEL_SELECTOR, '', team=a, team=a",
        "--accept-deprecated-v1-data, SIGNET_ACCEPT_DEPRECATED_V1_DATA, true, false, false",
        "--update-status, SIGNET_UPDATE_STATUS, true, false, false",
        "--skip-recreate, SIGNET_SKIP_RECREATE, false, true, true",
        "--metrics-omit-secret-labels, SIGNET_METRICS_OMIT_SECRET_LABELS, false, true, true",
        "--sealed-secrets-listen-address, SIGNET_SEALED_SECRETS_LISTEN_ADDRESS, :8080, 0, 0",
        "--rate-limit, SIGNET_RATE_LIMIT, 20.0, 2, 2.0",
        "--rate-limit-burst, SIGNET_RATE_LIMIT_BURST, 40, 2, 2",
        "--key-prefix, SIGNET_KEY_PREFIX, sealed-secrets-key, mine, mine",
        "--key-size, SIGNET_KEY_SIZE, 4096, 2048, 2048",
        "--key-ttl, SIGNET_KEY_TTL, PT87600H, 24h, PT24H",
        "--my-cn, SIGNET_MY_CN, '', me, me",
        "--key-renew-period, SIGNET_KEY_RENEW_PERIOD, PT720H, 0, PT0S",
        "--key-order-priority, SIGNET_KEY_ORDER_PRIORITY, CertNotBefore, SecretCreationTimestamp, SecretCreationTimestamp",
        "--key-cutoff-time, SIGNET_KEY_CUTOFF_TIME, '', 'Mon, 02 Jan 2006 15:04:05 -0700', 'Mon, 02 Jan 2006 15:04:05 -0700'",
        "--privatekey-labels, SIGNET_PRIVATEKEY_LABELS, '', a=b, a=b",
        "--privatekey-annotations, SIGNET_PRIVATEKEY_ANNOTATIONS, '', a=b, a=b",
        "--certificate-configmap, SIGNET_CERTIFICATE_CONFIGMAP, sealed-secrets-certificate, none, none"
    })
    void flagHasItsDefaultAndIsSetByItselfAndByItsVariable(
            String flag, String variable, String byDefault, String given, String read) {
        assertThat(value(flag, Map.of())).isEqualTo(byDefault);
        assertThat(value(flag, Map.of(variable, ""))).isEqualTo(byDefault);
        assertThat(value(flag, Map.of(variable, given))).isEqualTo(read);
        assertThat(value(flag, Map.of(variable, given), flag + "=" + given)).isEqualTo(read);
    }

    @Test
    void flagWinsOverItsVariable() {
        assertThat(value("--concurrent", Map.of("SIGNET_CONCURRENT", "3"), "--concurrent", "4"))
                .isEqualTo("4");
    }

    @Test
    void flagsOfSealedSecretsAreSetByBitnamisVariablesToo() {
        Map<String, String> theirs = Map.of("SEALED_SECRETS_LABEL_SELECTOR", "team=b");

        assertThat(value("--label-selector", theirs)).isEqualTo("team=b");
        assertThat(
                        value(
                                "--label-selector",
                                Map.of(
                                        "SEALED_SECRETS_LABEL_SELECTOR", "team=b",
                                        "SIGNET_LABEL_SELECTOR", "team=a")))
                .isEqualTo("team=a");
        assertThat(value("--concurrent", Map.of("SEALED_SECRETS_CONCURRENT", "3"))).isEqualTo("32");
    }

    @Test
    void flagsThatAreSwitchesNeedNoValue() {
        Map<String, String> off = Map.of("SIGNET_ENABLE_FLOOD_GATE", "false");

        assertThat(value("--enable-flood-gate", off, "--enable-flood-gate")).isEqualTo("true");
    }

    @Test
    void everyFlagSaysWhatItIsFor() {
        assertThat(run(Map.of()).getCommandSpec().options())
                .filteredOn(option -> EnvironmentDefaults.variable(option).isPresent())
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
