package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.PublishedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The course of docs/course.md: its own commands, in its order, with the real kubectl and kubeseal,
 * and what the page says that they print.
 */
class CourseE2E {

    private static final Binaries BINARIES = Binaries.discover();
    private static final String HOME = "kube-system";

    @TempDir private static Path folder;

    private static ControlPlane plane;
    private static SignetProcess operator;

    @BeforeAll
    static void start() throws IOException {
        plane = ControlPlane.builder(BINARIES).withGarbageCollector().start();
        Space.installCrds(plane.api());
        PublishedService service =
                PublishedService.choose(HOME, "sealed-secrets", "").publish(plane.api());
        operator = SignetProcess.launchForKubeseal(folder, plane, service, List.of());
        Space.await(operator::assertStarted);
        Space.await(() ->
                assertThat(service.ask(plane.api(), "/v1/cert.pem").status())
                        .as(operator.output())
                        .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        operator.close();
        plane.close();
    }

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path programs = programs();
        List<DocsCommands> all = DocsCommands.of(DocsPage.of("docs/course.md"));

        for (DocsCommands commands : all) {
            String printed = run(commands.script(), work, programs);
            assertThat(commands.missingIn(printed))
                    .as("%s printed:%n%s", commands, printed)
                    .isEmpty();
        }

        assertThat(all).hasSizeGreaterThan(8);
    }

    /** The programs under the names that a person calls them by. */
    private static Path programs() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("kubectl"), BINARIES.kubectl());
        Files.createSymbolicLink(bin.resolve("kubeseal"), BINARIES.kubeseal());
        Files.createSymbolicLink(
                bin.resolve("signet"), Path.of("..", "signet").toAbsolutePath().normalize());
        return bin;
    }

    private static String run(String script, Path work, Path programs) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-eu", "-c", script)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile());
        Path kubeconfig = folder.resolve("kubeconfig-of-the-course");
        plane.writeKubeconfig(kubeconfig);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SIGNET_AS_BUILT", "1");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", "", (path, none) -> programs + ":" + path);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(script).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(out);
        assertThat(process.exitValue())
                .as("%s%nprinted:%n%s%n%s", script, printed, operator.output())
                .isZero();
        return printed;
    }
}
