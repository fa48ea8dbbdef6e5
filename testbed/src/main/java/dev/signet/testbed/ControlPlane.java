package dev.signet.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A Kubernetes API server with its etcd on 127.0.0.1, without nodes: real storage, validation,
 * watches and RBAC, nothing that runs pods. Owned objects are collected and namespaces disappear
 * only {@linkplain Builder#withGarbageCollector() where that is asked for}.
 *
 * <p>It ends when it is closed and also when this JVM ends, in whatever way. Thread-safe.
 */
public final class ControlPlane implements AutoCloseable {

    private final Workspace workspace;
    private final ControlPlaneProcesses processes;
    private final String adminToken;
    private final String caCertificate;
    private final JsonHttp http;
    private final KubeApi api;

    private ControlPlane(
            Workspace workspace, ControlPlaneProcesses processes, String adminToken, String ca) {
        this.workspace = workspace;
        this.processes = processes;
        this.adminToken = adminToken;
        this.caCertificate = ca;
        this.http = JsonHttp.to(processes.server(), ca);
        this.api = new KubeApi(http, adminToken);
    }

    /** Prepares a control plane of these programs, which are found or made when it is started. */
    public static Builder builder(Binaries binaries) {
        return new Builder(binaries);
    }

    private static ControlPlane start(Builder builder) {
        Workspace workspace = Workspace.create("control-plane");
        ControlPlaneProcesses processes = null;
        try {
            String adminToken = ControlPlaneProcesses.randomToken();
            processes =
                    new ControlPlaneProcesses(
                            builder.binaries, workspace, adminToken, builder.apiServerFlags);
            processes.startEtcd();
            processes.startApiServer();
            String ca = processes.awaitCertificate();
            ControlPlane plane = new ControlPlane(workspace, processes, adminToken, ca);
            processes.awaitReady(plane.api);
            if (builder.garbageCollector) {
                plane.startGarbageCollector();
            }
            return plane;
        } catch (RuntimeException | Error e) {
            try (workspace) {
                if (processes != null) {
                    processes.close();
                }
            }
            throw e;
        }
    }

    /** Where the API server listens, as {@code https://127.0.0.1:PORT}. */
    public URI server() {
        return processes.server();
    }

    /** A bearer token of a member of {@code system:masters}. */
    public String adminToken() {
        return adminToken;
    }

    /** The certificate that signed the API server's own, as PEM. */
    public String caCertificate() {
        return caCertificate;
    }

    /** Trusts the API server's certificate and no other. */
    public SSLContext trust() {
        return Pem.trusting(caCertificate);
    }

    /** A kubeconfig for the administrator, as YAML. */
    public String kubeconfig() {
        return kubeconfigFor(adminToken);
    }

    /** A kubeconfig for whoever holds {@code token}, as YAML. */
    public String kubeconfigFor(String token) {
        return Kubeconfig.of(server(), caCertificate, token);
    }

    /** A kubeconfig for the administrator that leads to the API server by another address. */
    public String kubeconfigBy(FaultRelay relay) {
        return Kubeconfig.of(relay.address(), caCertificate, adminToken);
    }

    /** A kubeconfig for the administrator that leads to the API server by a proxy. */
    public String kubeconfigBy(FaultProxy proxy) {
        return proxy.kubeconfig(adminToken);
    }

    /** Writes the administrator's kubeconfig to a file that only this user can read. */
    public void writeKubeconfig(Path file) {
        Kubeconfig.write(file, kubeconfig());
    }

    /** The API as the administrator. */
    public KubeApi api() {
        return api;
    }

    /** The API as whoever holds {@code token}. */
    public KubeApi apiAs(String token) {
        return new KubeApi(http, token);
    }

    /**
     * Starts kube-controller-manager with the garbage collector and the namespace controller alone,
     * if it does not run yet. It learns of a new CRD's objects within 30 s.
     */
    public void startGarbageCollector() {
        processes.startControllerManager(kubeconfig());
    }

    /** Ends the API server; clients get connection refused. Its data stays. */
    public void stopApiServer() {
        processes.stopApiServer();
    }

    /** Starts the API server again, at the same address and with the same certificate. */
    public void startApiServer() {
        processes.startApiServer();
        processes.awaitReady(api);
    }

    /** Freezes the API server: connections to it stay open and get no answer. */
    public void pauseApiServer() {
        processes.apiServer().pause();
    }

    /** Lets a frozen API server go on. */
    public void resumeApiServer() {
        processes.apiServer().resume();
    }

    /** Freezes etcd: the API server still answers, but cannot read or write. */
    public void pauseEtcd() {
        processes.etcd().pause();
    }

    /** Lets a frozen etcd go on. */
    public void resumeEtcd() {
        processes.etcd().resume();
    }

    /**
     * Drops the history of all objects, so that a watch from before must begin anew. The API server
     * keeps a history of its own until it is started again.
     */
    public void compactEtcd() {
        processes.compactEtcd();
    }

    /** The process ids of what runs now, for measuring. */
    public List<Long> processIds() {
        return processes.ids();
    }

    /** The folder with the log files, gone once this is closed. */
    public Path logs() {
        return workspace.folder();
    }

    /** Ends all processes in order and deletes their data. */
    @Override
    public void close() {
        try (workspace) {
            processes.close();
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what a control plane shall be like. */
    public static final class Builder {

        private final Binaries binaries;
        private final List<String> apiServerFlags = new ArrayList<>();
        private boolean garbageCollector;

        private Builder(Binaries binaries) {
            this.binaries = binaries;
        }

        /** Collects objects whose owner is gone, and finishes deleted namespaces. */
        public Builder withGarbageCollector() {
            garbageCollector = true;
            return this;
        }

        /** Adds a flag of kube-apiserver, such as {@code --feature-gates=X=true}. */
        public Builder withApiServerFlag(String flag) {
            apiServerFlags.add(flag);
            return this;
        }

        /**
         * Starts it and returns once it is ready to serve.
         *
         * @throws TestbedException with the last lines of the log of what did not start
         */
        public ControlPlane start() {
            return ControlPlane.start(this);
        }
    }
}
