package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OpenBao server on 127.0.0.1 with an audit log and a metrics endpoint, unsealed.
 *
 * <p>By default it keeps all in memory and has a KV engine of version 2 at {@code secret/}; a
 * {@linkplain Builder#persistent() persistent} one survives {@link #stop()} and {@link #start()}
 * and begins without engines. It ends when it is closed and also when this JVM ends, in whatever
 * way.
 */
public final class OpenBao implements VaultServer {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern UNSEAL_KEY = Pattern.compile("(?m)^Unseal Key: (\\S+)$");

    // The answers of sys/health.
    private static final int ACTIVE = 200;
    private static final int NOT_INITIALIZED = 501;
    private static final int SEALED = 503;

    private final Workspace workspace;
    private final List<String> command;
    private final Path log;
    private final URI address;
    private final String rootToken;
    private final boolean persistent;
    private @Nullable GuardedProcess process;
    private String caCertificate = "";
    private @Nullable VaultApi api;
    private String unsealKey = "";
    private int starts;

    private OpenBao(Builder builder, Workspace workspace) {
        int port = Ports.free();
        this.workspace = workspace;
        this.rootToken = builder.rootToken;
        this.persistent = builder.persistent;
        this.log = workspace.file("bao.log");
        this.address = URI.create((builder.tls ? "https" : "http") + "://127.0.0.1:" + port);
        this.command = command(builder, port);
    }

    /** Prepares a server of the program that these binaries find. */
    public static Builder builder(Binaries binaries) {
        return new Builder(binaries);
    }

    private List<String> command(Builder builder, int port) {
        Path config = workspace.write("bao.hcl", config(builder, port));
        List<String> words = new ArrayList<>();
        words.add(builder.binaries.bao().toString());
        words.add("server");
        words.add("-config=" + config);
        if (!persistent) {
            words.add("-dev");
            words.add("-dev-root-token-id=" + rootToken);
            words.add("-dev-listen-address=127.0.0.1:" + port);
            words.add("-dev-no-store-token");
        }
        if (builder.tls) {
            words.add("-dev-tls");
            words.add("-dev-tls-cert-dir=" + workspace.subfolder("certs"));
        }
        return words;
    }

    private String config(Builder builder, int port) {
        String audit =
                """
                audit "file" "testbed" {
                  options {
                    file_path = "%s"
                  }
                }
                """
                        .formatted(workspace.file("audit.log"));
        String telemetry =
                """
                telemetry {
                  prometheus_retention_time = "24h"
                  disable_hostname = true
                }
                """;
        String common = builder.audit ? audit + telemetry : telemetry;
        if (!persistent) {
            return common;
        }
        return common
                + """
                storage "raft" {
                  path = "%1$s"
                  node_id = "testbed"
                  performance_multiplier = 1
                }
                listener "tcp" {
                  address = "127.0.0.1:%2$d"
                  cluster_address = "127.0.0.1:%3$d"
                  tls_disable = true
                }
                api_addr = "http://127.0.0.1:%2$d"
                cluster_addr = "https://127.0.0.1:%3$d"
                """
                        .formatted(workspace.subfolder("data"), port, Ports.free());
    }

    /** Starts a stopped server at the same address; a persistent one has kept its data. */
    public synchronized void start() {
        if (process != null) {
            throw new IllegalStateException("OpenBao runs already");
        }
        GuardedProcess started =
                GuardedProcess.start("bao", log, workspace.folder(), Map.of(), command);
        process = started;
        starts++;
        Path ca = workspace.file("certs").resolve("vault-ca.pem");
        boolean tls = address.getScheme().equals("https");
        Waiting.until(
                "starting OpenBao",
                LIMIT,
                List.of(started),
                () -> Ports.answers(address.getPort()) && (!tls || Files.exists(ca)));
        if (tls) {
            caCertificate = ControlPlane.read(ca);
            api = null;
        }
        if (persistent) {
            initialize();
        } else {
            awaitHealth(ACTIVE);
            // The log may be behind the server.
            Waiting.until("starting OpenBao", LIMIT, List.of(started), this::findUnsealKey);
        }
    }

    private void initialize() {
        VaultApi nobody = apiAs("");
        Waiting.until(
                "starting OpenBao",
                LIMIT,
                List.of(running()),
                () -> List.of(NOT_INITIALIZED, SEALED, ACTIVE).contains(nobody.healthStatus()));
        if (!unsealKey.isEmpty()) {
            unseal();
            return;
        }
        JsonNode keys = nobody.write("sys/init", Map.of("secret_shares", 1, "secret_threshold", 1));
        unsealKey = keys.at("/keys_base64/0").asText();
        unseal();
        apiAs(keys.path("root_token").asText())
                .createToken(List.of("root"), Duration.ZERO, Map.of("id", rootToken));
    }

    private GuardedProcess running() {
        if (process == null) {
            throw new IllegalStateException("OpenBao is stopped");
        }
        return process;
    }

    private void awaitHealth(int status) {
        VaultApi api = api();
        Waiting.until(
                "waiting for OpenBao",
                LIMIT,
                List.of(running()),
                () -> api.healthStatus() == status);
    }

    private boolean findUnsealKey() {
        // Every start of a server in memory has a new key; the log has them all.
        Matcher line = UNSEAL_KEY.matcher(ControlPlane.read(log));
        int found = 0;
        while (line.find()) {
            unsealKey = line.group(1);
            found++;
        }
        return found == starts;
    }

    /** Ends the server; clients get connection refused. */
    public synchronized void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Freezes the server: connections to it stay open and get no answer. */
    public synchronized void pause() {
        running().pause();
    }

    /** Lets a frozen server go on. */
    public synchronized void resume() {
        running().resume();
    }

    @Override
    public synchronized void seal() {
        api().write("sys/seal", Map.of());
        awaitHealth(SEALED);
    }

    @Override
    public synchronized void unseal() {
        apiAs("").write("sys/unseal", Map.of("key", unsealKey));
        awaitHealth(ACTIVE);
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public String rootToken() {
        return rootToken;
    }

    /**
     * Always the same client, for each has a selector and a thread of its own until it is
     * collected.
     */
    @Override
    public synchronized VaultApi api() {
        VaultApi current = api;
        if (current == null) {
            current = apiAs(rootToken);
            api = current;
        }
        return current;
    }

    @Override
    public synchronized String caCertificate() {
        return caCertificate;
    }

    @Override
    public AuditLog audit() {
        return new AuditLog(workspace.file("audit.log"));
    }

    /** The folder with its log and audit log, gone once this is closed. */
    public Path logs() {
        return workspace.folder();
    }

    /** The process id, for measuring. */
    public synchronized long processId() {
        return running().pid();
    }

    @Override
    public void close() {
        try (workspace) {
            stop();
        }
    }

    /** Says what a server shall be like. */
    public static final class Builder {

        private final Binaries binaries;
        private String rootToken = "root";
        private boolean tls;
        private boolean persistent;
        private boolean audit = true;

        private Builder(Binaries binaries) {
            this.binaries = binaries;
        }

        /** The token that may do everything; {@code root} unless set. */
        public Builder withRootToken(String token) {
            rootToken = token;
            return this;
        }

        /** Speaks HTTPS with a certificate of its own making. */
        public Builder withTls() {
            tls = true;
            return this;
        }

        /**
         * Writes no audit log, which costs more than the reads that it tells of: for measuring. Its
         * metrics count all the same.
         */
        public Builder withoutAuditLog() {
            audit = false;
            return this;
        }

        /** Keeps its data on disk until it is closed. */
        public Builder persistent() {
            persistent = true;
            return this;
        }

        /**
         * Starts it and returns once it serves.
         *
         * @throws TestbedException with the last lines of its log when it does not start
         */
        public OpenBao start() {
            if (tls && persistent) {
                throw new IllegalStateException("a persistent OpenBao speaks plain HTTP only");
            }
            Workspace workspace = Workspace.create("bao");
            try {
                OpenBao bao = new OpenBao(this, workspace);
                try {
                    bao.start();
                } catch (RuntimeException | Error e) {
                    bao.stop();
                    throw e;
                }
                return bao;
            } catch (RuntimeException | Error e) {
                workspace.close();
                throw e;
            }
        }
    }
}
