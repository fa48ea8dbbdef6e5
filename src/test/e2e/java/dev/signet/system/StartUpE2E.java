package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.SharedControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher starts the operator from the AOT cache that the build has trained. */
class StartUpE2E {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir Path folder;

    @Test
    void launcherStartsFromTheCacheThatTheBuildHasMade() throws Exception {
        assertThat(ROOT.resolve("cli/target/signet.aot")).isNotEmptyFile();
        Path classes = folder.resolve("classes.log");

        // With this mode the JVM refuses to start if the cache does not fit.
        try (Space space = Space.fresh()) {
            Process process =
                    start(
                            "-XX:AOTMode=on -Xlog:class+load=info:file=" + classes,
                            "--namespace=" + space.namespace());
            try {
                Space.await(() -> assertThat(output()).contains("\"operator started\""));
            } finally {
                process.destroy();
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            assertThat(process.exitValue()).isZero();
        }

        List<String> loaded = Files.readAllLines(classes);
        long cached = loaded.stream().filter(line -> line.contains("shared objects file")).count();
        assertThat(loaded)
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("dev.signet.operator.SignetOperator ")
                                .contains("shared objects file"));
        assertThat(cached).as("%d classes", loaded.size()).isGreaterThan(loaded.size() * 9L / 10);
    }

    @Test
    void whatTheJvmSaysDoesNotMixWithTheOutput() throws Exception {
        Process process =
                new ProcessBuilder(ROOT.resolve("signet").toString(), "version")
                        .redirectOutput(log().toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output()).startsWith("signet ").doesNotContain("[warning]");
    }

    private Process start(String options, String argument) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        SharedControlPlane.get().writeKubeconfig(kubeconfig);
        ProcessBuilder builder =
                new ProcessBuilder(
                                ROOT.resolve("signet").toString(),
                                "run",
                                argument,
                                "--metrics-addr=0",
                                "--live-addr=0",
                                "--sealed-secrets-listen-address=0")
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("SIGNET_JAVA_OPTS", options);
        return builder.start();
    }

    private String output() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return folder.resolve("output.log");
    }
}
