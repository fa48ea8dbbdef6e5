package dev.signet.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A pinned Go module of the test bed's own, from which one program is built.
 *
 * @param folder where go.mod and go.sum lie among the resources
 * @param target the package to build
 * @param program the file name of what is built
 * @param version of the program, for people
 */
record GoModule(String folder, String target, String program, String version) {

    private static final Duration LIMIT = Duration.ofMinutes(45);

    static GoModule kubernetes(String program, String version) {
        return new GoModule("/go/kube", "k8s.io/kubernetes/cmd/" + program, program, version);
    }

    static GoModule etcd(String version) {
        return new GoModule("/go/etcd", "go.etcd.io/etcd/server/v3", "etcd", version);
    }

    /** A package of its own, because the programs of {@link #kubernetes} would be built anew. */
    static GoModule kubectl(String version) {
        return new GoModule("/go/kubectl", "k8s.io/kubernetes/cmd/kubectl", "kubectl", version);
    }

    /**
     * A program of Bitnami's Sealed Secrets.
     *
     * @param command the folder of its sources
     */
    static GoModule sealedSecrets(String command, String program, String version) {
        return new GoModule(
                "/go/sealed", "github.com/bitnami/sealed-secrets/cmd/" + command, program, version);
    }

    /** Names the program, its version, its pinned sources and the platform. */
    String cacheEntry(Platform platform) {
        String pins = Digests.sha256(file("go.mod"), file("go.sum")).substring(0, 12);
        return program + "-v" + version + "-" + pins + "-" + platform;
    }

    /** What to do where it cannot be built. */
    String elsewhere() {
        return switch (folder) {
            case "/go/sealed" ->
                    "Install Go 1.26 or newer, or set %s to a program."
                            .formatted(
                                    program.equals("kubeseal")
                                            ? "SIGNET_KUBESEAL"
                                            : "SIGNET_SEALED_SECRETS_CONTROLLER");
            case "/go/kubectl" -> "Install Go 1.24 or newer, or set SIGNET_KUBECTL to a program.";
            default ->
                    """
                    Do one of these: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd \
                    (and kube-controller-manager where it is asked for); \
                    allow access to github.com, where they are published; \
                    or install Go 1.24 or newer.\
                    """;
        };
    }

    /** Builds the program into {@code folder}. */
    void buildInto(Path folder, Path go, Progress progress) throws IOException {
        try (Workspace workspace = Workspace.create("build")) {
            Path module = workspace.subfolder("module");
            Files.write(module.resolve("go.mod"), file("go.mod"));
            Files.write(module.resolve("go.sum"), file("go.sum"));
            String what =
                    "building %s %s from source (done once, takes minutes)"
                            .formatted(program, version);
            try (Elapsed _ = Elapsed.report(progress, what);
                    GuardedProcess build = start(go, folder, module, workspace.file("log"))) {
                int status = build.await(LIMIT);
                if (status != 0) {
                    throw new TestbedException(
                            "go build of " + program + " failed:" + build.quotedLog());
                }
            }
        }
    }

    private GuardedProcess start(Path go, Path folder, Path module, Path log) {
        return GuardedProcess.start(
                "go build",
                log,
                module,
                Map.of("CGO_ENABLED", "0", "GOFLAGS", "", "GOWORK", "off"),
                List.of(
                        go.toString(),
                        "build",
                        "-mod=readonly",
                        "-trimpath",
                        "-buildvcs=false",
                        "-ldflags=-s -w",
                        "-o",
                        folder.resolve(program).toString(),
                        target));
    }

    private byte[] file(String name) {
        return Resources.bytes(folder + "/" + name);
    }
}
