package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bitnami's controller of SealedSecrets, as a process of its own on this machine. It looks for
 * token and certificate only where a pod has them, so it gets a mount namespace of its own: that
 * takes Linux, and either root or a system that lets users have namespaces.
 */
public final class BitnamiController implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Workspace workspace;
    private final GuardedProcess process;
    private final URI address;
    private final URI metrics;
    private final long begun;

    private BitnamiController(
            Workspace workspace, GuardedProcess process, URI address, URI metrics, long begun) {
        this.workspace = workspace;
        this.process = process;
        this.address = address;
        this.metrics = metrics;
        this.begun = begun;
    }

    /** Prepares a controller that is the administrator and keeps its keys in a namespace. */
    public static Builder builder(Binaries binaries, ControlPlane plane, String namespace) {
        return new Builder(binaries, plane, namespace);
    }

    /** Where its HTTP API is. */
    public URI address() {
        return address;
    }

    /** Where its metrics are, at the path {@code /metrics}. */
    public URI metrics() {
        return metrics;
    }

    /** When its process was started, on the clock of {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** The process id of the controller itself. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of its log, after a line break. */
    public String quotedLog() {
        return process.quotedLog();
    }

    /** Ends it, and removes its files. */
    @Override
    public void close() {
        try (workspace) {
            process.stop();
        }
    }

    /** Says what a controller shall be like. */
    public static final class Builder {

        private final Binaries binaries;
        private final ControlPlane plane;
        private final String namespace;
        private final List<String> flags = new ArrayList<>();
        private String listen = "127.0.0.1:" + Ports.free();
        private final String listenMetrics = "127.0.0.1:" + Ports.free();
        private boolean waits = true;

        private Builder(Binaries binaries, ControlPlane plane, String namespace) {
            this.binaries = binaries;
            this.plane = plane;
            this.namespace = namespace;
        }

        /** Adds a flag of the controller, such as {@code --key-renew-period=0}. */
        public Builder withFlag(String flag) {
            flags.add(flag);
            return this;
        }

        /** Has it listen where a Service leads. */
        public Builder behind(PublishedService service) {
            listen = service.listen();
            return this;
        }

        /** Has {@link #start} return as soon as the process is there. */
        public Builder withoutWaiting() {
            waits = false;
            return this;
        }

        /**
         * Starts it, and returns once it says that it is healthy.
         *
         * @throws TestbedException with the last lines of its log when it does not start
         */
        public BitnamiController start() {
            Path program = binaries.sealedSecretsController();
            Workspace workspace = Workspace.create("sealed-secrets");
            try {
                workspace.write("token", plane.adminToken());
                workspace.write("ca.crt", plane.caCertificate());
                long begun = System.nanoTime();
                GuardedProcess process =
                        GuardedProcess.start(
                                "Bitnami's controller",
                                workspace.file("log"),
                                workspace.folder(),
                                environment(),
                                command(program, workspace.folder()));
                URI address = URI.create("http://" + listen);
                try {
                    if (waits) {
                        await(process, address);
                    }
                    return new BitnamiController(
                            workspace,
                            process,
                            address,
                            URI.create("http://" + listenMetrics),
                            begun);
                } catch (RuntimeException | Error e) {
                    process.stop();
                    throw e;
                }
            } catch (RuntimeException | Error e) {
                workspace.close();
                throw e;
            }
        }

        private static void await(GuardedProcess process, URI address) {
            JsonHttp http = JsonHttp.to(address, "");
            Waiting.until(
                    "starting it; it needs Linux with 'unshare', and root or namespaces of users",
                    LIMIT,
                    List.of(process),
                    () -> isHealthy(http));
        }

        private static boolean isHealthy(JsonHttp http) {
            try {
                return http.trySend("GET", "/healthz", null, "").ok();
            } catch (IOException notYet) {
                return false;
            }
        }

        private Map<String, String> environment() {
            Map<String, String> env = new HashMap<>();
            env.put("POD_NAMESPACE", namespace);
            env.put("KUBERNETES_SERVICE_HOST", plane.server().getHost());
            env.put("KUBERNETES_SERVICE_PORT", Integer.toString(plane.server().getPort()));
            return env;
        }

        private List<String> command(Path program, Path files) {
            List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
            if (!"root".equals(System.getProperty("user.name"))) {
                command.add("--map-root-user");
            }
            command.addAll(List.of("sh", "-c"));
            command.add(new String(Resources.bytes("incluster.sh"), UTF_8));
            command.addAll(List.of("incluster", files.toString(), program.toString()));
            command.add("--listen-addr=" + listen);
            command.add("--listen-metrics-addr=" + listenMetrics);
            command.addAll(flags);
            return command;
        }
    }
}
