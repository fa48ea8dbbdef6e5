package dev.signet.cli.bench;

import dev.signet.testbed.GuardedProcess;
import dev.signet.testbed.TestbedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An operator in a process of its own. */
final class OperatorProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(6);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(10);

    private final GuardedProcess process;
    private final OperatorCommand command;
    private final OperatorCommand.Places places;
    private final long begun;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(ASK_LIMIT)
                    .build();

    private OperatorProcess(Lab lab, BenchSettings settings, Map<String, String> environment) {
        Path kubeconfig = lab.folder().resolve("operator.kubeconfig");
        lab.plane().writeKubeconfig(kubeconfig);
        this.places = new OperatorCommand.Places(kubeconfig, freePort(), freePort());
        this.command = OperatorCommand.of(settings, places);
        this.begun = System.nanoTime();
        this.process =
                GuardedProcess.start(
                        "the operator",
                        lab.folder().resolve("operator.log"),
                        Path.of("").toAbsolutePath(),
                        command.environment(environment),
                        command.words());
    }

    static OperatorProcess start(Lab lab, BenchSettings settings) {
        return start(lab, settings, Map.of());
    }

    /** Starts it with more in its environment. */
    static OperatorProcess start(Lab lab, BenchSettings settings, Map<String, String> environment) {
        return new OperatorProcess(lab, settings, environment);
    }

    /** When it was started, on the clock of {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Freezes it. */
    void pause() {
        process.pause();
    }

    /** Lets it go on. */
    void resume() {
        process.resume();
    }

    Optional<ProcessFigures> figures() {
        return ProcessFigures.of(pid());
    }

    /** Waits until it says that it is ready; empty at once if it is not one that says so. */
    Optional<Long> awaitReady() {
        if (!command.tellsHealth()) {
            return Optional.empty();
        }
        HttpRequest request = ask(places.healthPort(), "/readyz");
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady(request)) {
            if (!process.isAlive()) {
                throw new BenchException(
                        "the operator ended while it started:" + process.quotedLog());
            }
            if (System.nanoTime() > end) {
                throw new BenchException("the operator was not ready in time");
            }
            Patience.pause(STEP);
        }
        return Optional.of(System.nanoTime());
    }

    private boolean isReady(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** A count of its controller of ExternalSecrets; empty if it does not tell. */
    OptionalLong count(String name) {
        try {
            return ControllerCount.read(
                    http.send(ask(places.metricsPort(), "/metrics"), BodyHandlers.ofInputStream())
                            .body(),
                    name);
        } catch (IOException notYet) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** How many SealedSecrets it says are in step; 0 if it does not tell. */
    long inStep() {
        return InStepCount.read(http, URI.create("http://127.0.0.1:" + places.metricsPort()));
    }

    private static HttpRequest ask(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ASK_LIMIT)
                .build();
    }

    /** How a process ended. */
    record Ended(int status, Duration took) {}

    /** Asks it to end, as Kubernetes does, and waits. */
    Ended terminate() {
        long asked = System.nanoTime();
        try {
            process.terminate();
            int status = process.await(STOP_LIMIT);
            return new Ended(status, Duration.ofNanos(System.nanoTime() - asked));
        } catch (TestbedException e) {
            throw new BenchException("the operator did not end when asked to", e);
        }
    }

    @Override
    public void close() {
        process.close();
        http.shutdownNow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
