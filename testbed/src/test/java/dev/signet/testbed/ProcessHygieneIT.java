package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessHygieneIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void nothingOutlivesAJvmThatIsKilled() throws Exception {
        Process jvm =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartsAllAndWaits.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> said;
        List<ProcessHandle> children;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8))) {
            said = Arrays.asList(out.readLine().split(" ", -1));
            children = jvm.descendants().toList();
            jvm.destroyForcibly().waitFor();
        }
        List<Long> servers = said.subList(2, said.size()).stream().map(Long::valueOf).toList();

        assertThat(children).extracting(ProcessHandle::pid).containsAll(servers);
        Waiting.until(
                "ending",
                LIMIT,
                List.of(),
                () -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(Path.of(said.get(0))).doesNotExist();
        assertThat(Path.of(said.get(1))).doesNotExist();
    }

    @Test
    void stoppingEndsWhatTheCommandStarted(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        GuardedProcess parent =
                GuardedProcess.start(
                        "parent",
                        folder.resolve("log"),
                        folder,
                        Map.of(),
                        List.of(
                                "/bin/sh",
                                "-c",
                                "sleep 1000 & echo $! > pid.new; mv pid.new pid; wait"));
        Waiting.until("starting", LIMIT, List.of(parent), () -> Files.exists(pid));
        long grandchild = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(grandchild)).isPresent();

        parent.stop();

        assertThat(ProcessHandle.of(grandchild)).isEmpty();
        assertThat(parent.isAlive()).isFalse();
    }

    @Test
    void stoppingEndsACommandThatIgnoresBeingAsked(@TempDir Path folder) {
        GuardedProcess stubborn =
                GuardedProcess.start(
                        "stubborn",
                        folder.resolve("log"),
                        folder,
                        Map.of(),
                        List.of("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done"));

        stubborn.stop();

        assertThat(ProcessHandle.of(stubborn.pid())).isEmpty();
    }

    @Test
    void stoppingEndsAPausedCommand(@TempDir Path folder) {
        GuardedProcess paused =
                GuardedProcess.start(
                        "paused",
                        folder.resolve("log"),
                        folder,
                        Map.of(),
                        List.of("sleep", "1000"));
        paused.pause();

        paused.stop();

        assertThat(ProcessHandle.of(paused.pid())).isEmpty();
    }

    @Test
    void exitStatusAndOutputOfACommandAreKept(@TempDir Path folder) {
        GuardedProcess failing =
                GuardedProcess.start(
                        "failing",
                        folder.resolve("log"),
                        folder,
                        Map.of("WORD", "sorry"),
                        List.of("/bin/sh", "-c", "echo $WORD; exit 3"));

        assertThat(failing.await(LIMIT)).isEqualTo(3);
        assertThat(failing.quotedLog()).isEqualTo("\n  | sorry");
    }

    /** Prints its folders and process ids, then waits to be killed. */
    static final class StartsAllAndWaits {

        private StartsAllAndWaits() {}

        public static void main(String[] args) throws InterruptedException {
            ControlPlane plane = ControlPlane.builder(Binaries.discover()).start();
            OpenBao bao = OpenBao.builder(Binaries.discover()).start();
            StringBuilder line = new StringBuilder();
            line.append(plane.logs()).append(' ').append(bao.logs());
            plane.processIds().forEach(id -> line.append(' ').append(id));
            line.append(' ').append(bao.processId());
            System.out.println(line);
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
