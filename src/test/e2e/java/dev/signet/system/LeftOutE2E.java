package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.SharedControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation without some jars: what a store says that needs them. */
class LeftOutE2E {

    private static final Path BUILT = Path.of("..", "cli", "target").toAbsolutePath().normalize();

    @TempDir Path folder;

    private final List<Path> links = new ArrayList<>();

    /** JUnit warns of each link that leads out of its folder. */
    @AfterEach
    void unlink() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Test
    void storeOfAProviderThatIsLeftOutSaysSoAndAllOthersWork() throws Exception {
        Path jar = install("signet-provider-aws-", "azure-");
        try (Space space = Space.fresh()) {
            space.apply(Manifests.fakeStore());
            space.apply(ProviderStores.aws("aws"));
            space.apply(ProviderStores.azure("azure", "https://127.0.0.1:1/"));
            space.secret("keys", ProviderStores.KEYS);
            space.apply(Manifests.externalSecret("e").from("fake").data("k", "/k", "k").yaml());
            Process operator = start(jar, space);
            try {
                Space.await(() -> {
                    Space.assertNotReady(
                            space.ready(Kind.SECRET_STORE, "aws"),
                            "spec.provider.aws is not supported by this operator, which has:",
                            "vault");
                    Space.assertNotReady(
                            space.ready(Kind.SECRET_STORE, "azure"),
                            "a library of the provider azurekv is missing from this installation");
                });
                space.awaitReady("e");
            } finally {
                operator.destroy();
                if (!operator.waitFor(60, TimeUnit.SECONDS)) {
                    operator.destroyForcibly();
                }
            }
            assertThat(operator.exitValue()).isZero();
        }
    }

    /** Links to all that was built, but for libraries whose names begin with one of these. */
    private Path install(String... leftOut) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        try (Stream<Path> all = Files.list(BUILT.resolve("lib"))) {
            for (Path one : all.toList()) {
                String name = one.getFileName().toString();
                if (Stream.of(leftOut).noneMatch(name::startsWith)) {
                    links.add(Files.createSymbolicLink(lib.resolve(name), one));
                }
            }
        }
        return Files.copy(BUILT.resolve("signet-cli.jar"), folder.resolve("signet-cli.jar"));
    }

    private Process start(Path jar, Space space) throws IOException {
        Path kubeconfig = folder.resolve("kubeconfig");
        SharedControlPlane.get().writeKubeconfig(kubeconfig);
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-jar",
                                        jar.toString(),
                                        "run",
                                        "--namespace=" + space.namespace(),
                                        "--metrics-addr=0",
                                        "--live-addr=0",
                                        "--sealed-secrets-listen-address=0"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return builder.start();
    }
}
