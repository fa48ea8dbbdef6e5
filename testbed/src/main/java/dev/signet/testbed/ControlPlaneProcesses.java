package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processes of one control plane, their flags and their order. */
final class ControlPlaneProcesses implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int TOKEN_BYTES = 16;

    private final Binaries binaries;
    private final ControlPlaneBinaries programs;
    private final Workspace workspace;
    private final List<String> extraFlags;
    private final int etcdPort = Ports.free();
    private final int apiPort = Ports.free();
    private @Nullable GuardedProcess etcd;
    private @Nullable GuardedProcess apiServer;
    private @Nullable GuardedProcess controllerManager;

    ControlPlaneProcesses(
            Binaries binaries, Workspace workspace, String adminToken, List<String> extraFlags) {
        this.binaries = binaries;
        this.programs = binaries.controlPlane();
        this.workspace = workspace;
        this.extraFlags = List.copyOf(extraFlags);
        KeyPair tokens = Pem.rsaKeyPair();
        workspace.write("sa.key", Pem.encode("PRIVATE KEY", tokens.getPrivate().getEncoded()));
        workspace.write("sa.pub", Pem.encode("PUBLIC KEY", tokens.getPublic().getEncoded()));
        workspace.write("tokens.csv", adminToken + ",admin,admin,\"system:masters\"\n");
    }

    static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    URI server() {
        return URI.create("https://127.0.0.1:" + apiPort);
    }

    synchronized GuardedProcess etcd() {
        return Objects.requireNonNull(etcd);
    }

    synchronized GuardedProcess apiServer() {
        return Objects.requireNonNull(apiServer);
    }

    synchronized List<Long> ids() {
        return Stream.of(etcd, apiServer, controllerManager)
                .filter(Objects::nonNull)
                .map(GuardedProcess::pid)
                .toList();
    }

    synchronized void startEtcd() {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + Ports.free();
        GuardedProcess started =
                run(
                        "etcd",
                        programs.etcd(),
                        List.of(
                                "--name=default",
                                "--data-dir=" + workspace.file("etcd"),
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=default=" + peer,
                                "--log-level=warn",
                                "--unsafe-no-fsync"));
        etcd = started;
        Waiting.until("starting etcd", LIMIT, List.of(started), () -> Ports.answers(etcdPort));
    }

    synchronized void startApiServer() {
        if (apiServer != null) {
            throw new IllegalStateException("the API server runs already");
        }
        List<String> flags = new ArrayList<>();
        flags.add("--etcd-servers=http://127.0.0.1:" + etcdPort);
        flags.add("--bind-address=127.0.0.1");
        flags.add("--advertise-address=127.0.0.1");
        flags.add("--endpoint-reconciler-type=none");
        flags.add("--secure-port=" + apiPort);
        flags.add("--cert-dir=" + workspace.file("certs"));
        flags.add("--service-account-key-file=" + workspace.file("sa.pub"));
        flags.add("--service-account-signing-key-file=" + workspace.file("sa.key"));
        flags.add("--service-account-issuer=https://kubernetes.default.svc");
        flags.add("--token-auth-file=" + workspace.file("tokens.csv"));
        flags.add("--authorization-mode=RBAC");
        flags.add("--service-cluster-ip-range=10.0.0.0/24");
        flags.add("--disable-admission-plugins=ServiceAccount");
        flags.addAll(extraFlags);
        apiServer = run("kube-apiserver", programs.apiServer(), flags);
    }

    /** Drops the history up to now, through etcd's JSON gateway. */
    void compactEtcd() {
        JsonHttp http = JsonHttp.to(URI.create("http://127.0.0.1:" + etcdPort), "");
        JsonNode now = post(http, "/v3/kv/range", Map.of("key", "AA==", "count_only", true));
        post(
                http,
                "/v3/kv/compaction",
                Map.of("revision", now.at("/header/revision").asText(), "physical", true));
    }

    private static JsonNode post(JsonHttp http, String path, Map<String, ?> body) {
        ApiReply reply = http.send("POST", path, body, "application/json");
        if (!reply.ok()) {
            throw new TestbedException("POST %s: answered %d".formatted(path, reply.status()));
        }
        return reply.body();
    }

    /** Waits for the certificate that the API server makes for itself at its first start. */
    String awaitCertificate() {
        Path certificate = workspace.file("certs").resolve("apiserver.crt");
        Waiting.until(
                "starting kube-apiserver",
                LIMIT,
                List.of(etcd(), apiServer()),
                () -> Files.exists(certificate) && Ports.answers(apiPort));
        return Pem.lastCertificate(ControlPlane.read(certificate));
    }

    void awaitReady(KubeApi api) {
        Waiting.until("starting kube-apiserver", LIMIT, List.of(etcd(), apiServer()), api::isReady);
    }

    synchronized void stopApiServer() {
        if (apiServer != null) {
            apiServer.stop();
            apiServer = null;
        }
    }

    synchronized void startControllerManager(String kubeconfig) {
        if (controllerManager != null) {
            return;
        }
        Path file = workspace.file("controller-manager.kubeconfig");
        Kubeconfig.write(file, kubeconfig);
        int port = Ports.free();
        GuardedProcess started =
                run(
                        "kube-controller-manager",
                        binaries.controllerManager(),
                        List.of(
                                "--kubeconfig=" + file,
                                "--controllers=garbage-collector-controller,namespace-controller",
                                "--leader-elect=false",
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + port,
                                "--cert-dir=" + workspace.file("controller-certs")));
        controllerManager = started;
        Waiting.until(
                "starting kube-controller-manager",
                LIMIT,
                List.of(started),
                () -> Ports.answers(port));
    }

    private GuardedProcess run(String name, Path program, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(flags);
        return GuardedProcess.start(
                name, workspace.file(name + ".log"), workspace.folder(), Map.of(), command);
    }

    @Override
    public synchronized void close() {
        if (controllerManager != null) {
            controllerManager.stop();
            controllerManager = null;
        }
        stopApiServer();
        if (etcd != null) {
            etcd.stop();
            etcd = null;
        }
    }
}
