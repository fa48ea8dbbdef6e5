package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.AwsEmulator;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody pays for the SDKs of clouds that they do not use. */
class LoadedWhenUsedE2E {

    private static final Path LAUNCHER = Path.of("..", "signet").toAbsolutePath().normalize();
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final List<String> AWS = List.of("software.amazon.");
    private static final List<String> AZURE = List.of("com.azure.", "reactor.");

    @TempDir Path folder;

    @Test
    void sdkOfACloudIsLoadedForTheFirstStoreOfItAndNotBefore() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                AwsEmulator aws = Ministack.start(Binaries.discover());
                Space space = Space.fresh()) {
            bao.api().putKv2("secret", "app", Map.of("k", "v"));
            aws.api("eu-west-1").createSecret("app", "{\"k\":\"v\"}");
            space.storeOf(bao);
            space.apply(reading("first", "vault"));
            long begun = System.nanoTime();
            Process operator = start(space, aws);
            try {
                space.awaitReady("first-of-vault");
                tellStart("only Vault in use", begun);
                assertThat(loaded("dev.signet.provider.vault.")).isNotEmpty();
                assertThat(loaded(AWS)).isEmpty();
                assertThat(loaded(AZURE)).isEmpty();
                report("only Vault in use", operator);

                space.secret("keys", ProviderStores.KEYS);
                space.apply(ProviderStores.aws("aws"));
                space.apply(reading("first", "aws"));
                space.awaitReady("first-of-aws");
                assertThat(loaded(AWS)).isNotEmpty();
                assertThat(loaded(AZURE)).isEmpty();
                report("and AWS", operator);

                space.apply(ProviderStores.azure("azurekv", "https://127.0.0.1:1/"));
                space.apply(reading("first", "azurekv"));
                Space.await(() ->
                        Space.assertNotReady(
                                space.ready(Kind.SECRET_STORE, "azurekv"), "cannot be reached"));
                assertThat(loaded(AZURE)).isNotEmpty();
                report("and Azure", operator);
            } finally {
                end(operator);
            }
            assertThat(operator.exitValue()).isZero();

            List.of("vault", "aws").forEach(store -> space.apply(reading("next", store)));
            begun = System.nanoTime();
            Process next = start(space, aws);
            try {
                space.awaitReady("next-of-vault");
                tellStart("all in use from the start", begun);
                space.awaitReady("next-of-aws");
                assertThat(loaded(AWS)).isNotEmpty();
                report("all in use from the start", next);
            } finally {
                end(next);
            }
            assertThat(next.exitValue()).isZero();
        }
    }

    private static void tellStart(String what, long begun) {
        System.out.printf(
                "%s: %d ms from the start to the first Secret of Vault%n",
                what, (System.nanoTime() - begun) / 1_000_000);
    }

    private static void end(Process operator) throws InterruptedException {
        operator.destroy();
        if (!operator.waitFor(60, TimeUnit.SECONDS)) {
            operator.destroyForcibly().waitFor();
        }
    }

    private static String reading(String prefix, String store) {
        return Manifests.externalSecret(prefix + "-of-" + store)
                .from(store)
                .data("k", "app", "k")
                .yaml();
    }

    private void report(String what, Process operator) throws IOException {
        Matcher resident =
                RESIDENT.matcher(
                        Files.readString(
                                Path.of("/proc", Long.toString(operator.pid()), "status")));
        String memory = resident.find() ? Long.parseLong(resident.group(1)) / 1024 + " MB" : "?";
        System.out.printf(
                "%s: %s resident, %d classes, of them %d of AWS and %d of Azure%n",
                what, memory, classes().size(), loaded(AWS).size(), loaded(AZURE).size());
    }

    private List<String> loaded(String prefix) throws IOException {
        return loaded(List.of(prefix));
    }

    private List<String> loaded(List<String> prefixes) throws IOException {
        return classes().stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }

    private List<String> classes() throws IOException {
        return Files.readAllLines(folder.resolve("classes.log")).stream()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.substring(0, line.indexOf(" source: ")))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private Process start(Space space, AwsEmulator aws) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        SharedControlPlane.get().writeKubeconfig(kubeconfig);
        ProcessBuilder builder =
                new ProcessBuilder(
                                LAUNCHER.toString(),
                                "run",
                                "--namespace=" + space.namespace(),
                                "--metrics-addr=0",
                                "--live-addr=0",
                                "--sealed-secrets-listen-address=0",
                                "--allow-local-endpoints")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("AWS_SECRETSMANAGER_ENDPOINT", aws.address().toString());
        environment.put("AWS_STS_ENDPOINT", aws.address().toString());
        environment.put("SIGNET_AS_BUILT", "true");
        environment.put(
                "SIGNET_JAVA_OPTS",
                "-Xlog:class+load=info:file=" + folder.resolve("classes.log") + ":none");
        return builder.start();
    }
}
