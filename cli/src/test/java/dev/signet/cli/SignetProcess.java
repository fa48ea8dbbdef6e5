package dev.signet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The built command, run as a process of its own, with its output in files. */
final class SignetProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;

    /** Much longer than anything takes, so that a machine with other work fails nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private SignetProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a command ended. */
    record Ended(int status, String out, String err) {}

    /** Starts the command with nothing but this added to the environment. */
    static SignetProcess start(Path folder, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(defaultSignals());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + folder));
        command.addAll(List.of("-jar", "target/signet-cli.jar"));
        command.addAll(List.of(words));
        return launch(folder, environment, command);
    }

    /** Starts any command, with nothing but this added to the environment. */
    static SignetProcess launch(
            Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "command", ".out");
            Path err = Files.createTempFile(folder, "command", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(new File("/dev/null"))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("SIGNET_") && !name.equals("SIGNET_CACHE"));
            builder.environment().remove("KUBECONFIG");
            builder.environment().putAll(environment);
            return new SignetProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs the command to its end. */
    static Ended run(Path folder, Map<String, String> environment, String... words) {
        try (SignetProcess process = start(folder, environment, words)) {
            return process.await();
        }
    }

    // A shell that runs tests in the background makes them ignore SIGINT, and all that they start.
    private static List<String> defaultSignals() {
        List<String> reset = List.of("env", "--default-signal=INT");
        try {
            Process probe = new ProcessBuilder("env", "--default-signal=INT", "true").start();
            return probe.waitFor() == 0 ? reset : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /** Waits until the condition holds; fails with the output when the process ends before. */
    void until(String what, Function<SignetProcess, Boolean> condition) {
        until(what, () -> condition.apply(this));
    }

    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("%s; it said:%n%s%n%s", what, out(), err())
                    .isTrue();
            pause();
        }
    }

    void signal(String name) {
        try {
            int status =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor();
            assertThat(status).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for its end, for three minutes at most. */
    Ended await() {
        return await(PATIENCE);
    }

    /** Waits for its end, for so long at most. */
    Ended await(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s; it said:%n%s%n%s", limit, out(), err())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Ended(process.exitValue(), out(), err());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
