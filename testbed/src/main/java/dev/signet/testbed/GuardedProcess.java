package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process on this machine that ends when it is stopped or when this JVM is gone, however
 * the JVM went. It reads nothing from its standard input.
 *
 * <p>A small shell script stands between: it waits on a pipe whose other end only this JVM holds,
 * and when that closes it ends the command and what the command started.
 */
public final class GuardedProcess implements AutoCloseable {

    private static final int GRACE_SECONDS = 6;
    private static final int QUOTED_LINES = 12;

    private final String name;
    private final Path log;
    private final Process guard;
    private final long pid;

    private GuardedProcess(String name, Path log, Process guard, long pid) {
        this.name = name;
        this.log = log;
        this.guard = guard;
        this.pid = pid;
    }

    /**
     * Starts a command.
     *
     * @param name for messages
     * @param log appended to: all that the command prints
     * @param folder where it runs
     * @param env added to this process's own environment
     * @throws TestbedException when it cannot be started
     */
    public static GuardedProcess start(
            String name, Path log, Path folder, Map<String, String> env, List<String> command) {
        List<String> guarded = new ArrayList<>();
        guarded.add("/bin/sh");
        guarded.add("-c");
        guarded.add(new String(Resources.bytes("guard.sh"), UTF_8));
        guarded.add("guard");
        guarded.add(Integer.toString(GRACE_SECONDS));
        guarded.add(log.toString());
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded).directory(folder.toFile());
        builder.environment().putAll(env);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process guard = builder.start();
            @SuppressWarnings("StreamResourceLeak") // ends with the guard
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(guard.getInputStream(), UTF_8));
            String first = out.readLine();
            if (first == null) {
                throw new TestbedException("could not start " + name + " through /bin/sh");
            }
            return new GuardedProcess(name, log, guard, Long.parseLong(first.strip()));
        } catch (IOException e) {
            throw new TestbedException("could not start " + name + ": " + e.getMessage(), e);
        }
    }

    String name() {
        return name;
    }

    /** The process id of the command itself. */
    public long pid() {
        return pid;
    }

    /** Whether the command still runs. */
    public boolean isAlive() {
        return guard.isAlive();
    }

    /**
     * Waits for the command to end by itself and returns its exit status. When that takes longer
     * than {@code limit}, or this thread is interrupted, the command is stopped and it is an error.
     */
    public int await(Duration limit) {
        try {
            if (guard.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return guard.exitValue();
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new TestbedException(name + " was interrupted", e);
        }
        stop();
        throw new TestbedException(
                name + " took longer than " + Elapsed.inWords(limit) + quotedLog());
    }

    /** The last lines that the command printed, after a line break; empty if there are none. */
    public String quotedLog() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log, UTF_8) : List.of();
            StringBuilder quoted = new StringBuilder();
            for (String line :
                    lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size())) {
                quoted.append("\n  | ").append(line);
            }
            return quoted.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Freezes the process; connections to it stay open and get no answer. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused process go on. */
    public void resume() {
        signal("CONT");
    }

    /** Asks the process to end, as Kubernetes does with a pod; does not wait for it. */
    public void terminate() {
        signal("TERM");
    }

    private void signal(String signal) {
        try {
            Process kill =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "kill -" + signal + " \"$1\"",
                                    "kill",
                                    "" + pid)
                            .redirectErrorStream(true)
                            .start();
            if (kill.waitFor() != 0) {
                throw new TestbedException("could not send SIG" + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while signalling " + name, e);
        }
    }

    /**
     * Asks the process to end, makes it end after a few seconds, and returns once it has. Does
     * nothing if it has ended already.
     */
    public void stop() {
        boolean interrupted = Thread.interrupted();
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(GRACE_SECONDS + 4, TimeUnit.SECONDS)) {
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }
}
