package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program for people, such as kubeseal, run again and again as one user of a cluster. It sees
 * neither the home folder nor the cluster of whoever runs the tests. Thread-safe.
 */
public final class ClientProgram implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path program;
    private final Workspace workspace;
    private final AtomicInteger runs = new AtomicInteger();

    private ClientProgram(Path program, String kubeconfig) {
        this.program = program;
        this.workspace = Workspace.create("client");
        if (!kubeconfig.isEmpty()) {
            Kubeconfig.write(kubeconfig(), kubeconfig);
        }
    }

    /**
     * Bitnami's kubeseal.
     *
     * @param kubeconfig as YAML; empty for work without a cluster
     */
    public static ClientProgram kubeseal(Binaries binaries, String kubeconfig) {
        return of(binaries.kubeseal(), kubeconfig);
    }

    /**
     * kubectl.
     *
     * @param kubeconfig as YAML; empty for work without a cluster
     */
    public static ClientProgram kubectl(Binaries binaries, String kubeconfig) {
        return of(binaries.kubectl(), kubeconfig);
    }

    /** Any program that finds its cluster by {@code KUBECONFIG}. */
    public static ClientProgram of(Path program, String kubeconfig) {
        return new ClientProgram(program, kubeconfig);
    }

    /** Where it runs: files may be put here, and are gone once this is closed. */
    public Path folder() {
        return workspace.folder();
    }

    /** Runs it with nothing on its standard input. */
    public ProgramRun run(String... words) {
        return runOn(new byte[0], words);
    }

    /** Runs it with a text on its standard input. */
    public ProgramRun runOn(String input, String... words) {
        return runOn(input.getBytes(UTF_8), words);
    }

    /**
     * Runs it to its end.
     *
     * @param input its standard input
     * @throws TestbedException when it cannot be started or does not end in minutes
     */
    public ProgramRun runOn(byte[] input, String... words) {
        int number = runs.incrementAndGet();
        Path in = workspace.file("." + number + ".in");
        Path out = workspace.file("." + number + ".out");
        Path err = workspace.file("." + number + ".err");
        try {
            Files.write(in, input);
            List<String> command = new ArrayList<>();
            command.add(program.toString());
            command.addAll(List.of(words));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder().toFile())
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("KUBECONFIG", kubeconfig().toString());
            builder.environment().put("HOME", folder().toString());
            int status = await(builder.start());
            return new ProgramRun(status, Files.readAllBytes(out), Files.readString(err));
        } catch (IOException e) {
            throw new TestbedException("could not run " + name() + ": " + e.getMessage(), e);
        } finally {
            delete(in, out, err);
        }
    }

    private int await(Process process) {
        try {
            if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new TestbedException(name() + " took longer than " + Elapsed.inWords(LIMIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException(name() + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void delete(Path... files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path kubeconfig() {
        return workspace.file(".kubeconfig");
    }

    private String name() {
        return String.valueOf(program.getFileName());
    }

    /** Deletes its folder. */
    @Override
    public void close() {
        workspace.close();
    }
}
