package dev.signet.system;

import dev.signet.cli.Main;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.PublishedService;
import dev.signet.testbed.SharedControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** {@code signet run} in a process of its own, with all that it says kept. */
final class SignetProcess implements AutoCloseable {

    /** As the launcher has it, but for the AOT cache, which fits no other class path. */
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xms24m",
                    "-Xmx256m",
                    "-XX:MaxNewSize=16m",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String SEALED_SECRETS = "--sealed-secrets-listen-address=";

    private final Path folder;
    private final Process process;
    private final int metricsPort = freePort();

    private SignetProcess(
            Path folder, String cluster, Map<String, String> environment, List<String> arguments)
            throws IOException {
        this.folder = folder;
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, cluster);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add(Main.class.getName());
        command.add("run");
        command.add("--allow-local-endpoints");
        command.add("--metrics-addr=127.0.0.1:" + metricsPort);
        command.add("--live-addr=0");
        if (arguments.stream().noneMatch(one -> one.startsWith(SEALED_SECRETS))) {
            command.add(SEALED_SECRETS + "0");
        }
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile());
        builder.environment().putAll(environment);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        this.process = builder.start();
    }

    /** Starts it, and returns once it has begun to work. */
    static SignetProcess start(Path folder, String... arguments) throws IOException {
        SignetProcess started =
                launch(folder, SharedControlPlane.get().kubeconfig(), List.of(arguments));
        Space.await(started::assertStarted);
        return started;
    }

    /**
     * Starts it and does not wait.
     *
     * @param kubeconfig the text of the file
     */
    static SignetProcess launch(Path folder, String kubeconfig, List<String> arguments)
            throws IOException {
        return new SignetProcess(folder, kubeconfig, Map.of(), arguments);
    }

    /** Starts it with its API for kubeseal and its keys in a namespace, and does not wait. */
    static SignetProcess launchForKubeseal(
            Path folder, PublishedService service, List<String> arguments) throws IOException {
        return launchForKubeseal(folder, SharedControlPlane.get(), service, arguments);
    }

    /** The same on a control plane of its own. */
    static SignetProcess launchForKubeseal(
            Path folder, ControlPlane plane, PublishedService service, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add(SEALED_SECRETS + service.listen());
        return new SignetProcess(
                folder, plane.kubeconfig(), Map.of("POD_NAMESPACE", service.namespace()), all);
    }

    /** Fails unless it has begun to work. */
    void assertStarted() {
        Assertions.assertThat(output()).contains("\"operator started\"");
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a node that dies does, and returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** All that it has said, on both streams. */
    String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a scrape of its metrics gets. */
    String metrics() throws IOException, InterruptedException {
        URI at = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(at).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** The processor time that it has used; nothing where the system does not tell. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The memory that it holds; 0 where the system does not tell. */
    long residentMiB() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Sends the signal that ends a pod, waits, and returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        Assertions.assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Path log() {
        return folder.resolve("signet.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
