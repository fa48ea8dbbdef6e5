package dev.signet.cli;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.StartupException;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.LogLevel;
import dev.signet.operator.observe.LogSettings;
import dev.signet.operator.observe.Logging;
import dev.signet.operator.observe.TimeEncoding;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = {
            "Shows a sealed value become a Kubernetes Secret, and follow when it is sealed anew; with --vault a value of a Vault.",
            "Everything runs on this machine and is cleaned up at the end. What is missing is downloaded or built first, and kept in a cache."
        },
        footer = {"", "Example:", "  signet try --vault --keep"})
final class TryCommand implements Callable<Integer> {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(30);

    @Spec private CommandSpec spec;

    @Option(
            names = "--cluster",
            description = "Use the cluster in KUBECONFIG instead of a control plane of its own.")
    private boolean cluster;

    @Option(
            names = "--keep",
            description = "Keep it running until Ctrl-C, and print how to reach it.")
    private boolean keep;

    @Option(
            names = "--vault",
            description = "Show it with a Vault (an OpenBao server); the same as --provider vault.")
    private boolean vault;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "sealed",
            converter = BackendConverter.class,
            description =
                    "Where values are: sealed (in SealedSecrets, without a server), vault (an OpenBao server)"
                            + " or aws (an emulator of Secrets Manager) (default: ${DEFAULT-VALUE}).")
    private Backend provider = Backend.SEALED;

    /** The backends that it can start. */
    enum Backend {
        SEALED,
        VAULT,
        AWS;

        TryPlay start(Binaries binaries) {
            return switch (this) {
                case SEALED -> new TrySealed();
                case VAULT -> new TryScene(TryVault.start(binaries));
                case AWS -> new TryScene(TryAws.start(binaries));
            };
        }
    }

    /** Names as they are written in a store. */
    static final class BackendConverter implements ITypeConverter<Backend> {
        @Override
        public Backend convert(String value) {
            for (Backend backend : Backend.values()) {
                if (backend.name().toLowerCase(Locale.ROOT).equals(value)) {
                    return backend;
                }
            }
            throw new TypeConversionException("'" + value + "' is not one of sealed, vault, aws");
        }
    }

    @Override
    public Integer call() throws Exception {
        Logging.configure(LogSettings.of(LogLevel.parse("error"), TimeEncoding.parse("iso8601")));
        Steps steps = new Steps(spec.commandLine().getOut());
        Progress progress = line -> spec.commandLine().getErr().println("signet: " + line);
        Binaries binaries = Binaries.discover(progress);
        try (OrderlyEnd end = OrderlyEnd.listen(PATIENCE_AT_THE_END, OrderlyEnd.BROKEN_OFF)) {
            return cluster ? onCluster(binaries, steps, end) : alone(binaries, steps, end);
        }
    }

    private int onCluster(Binaries binaries, Steps steps, OrderlyEnd end) throws Exception {
        try (KubernetesClient client = Clusters.fromEnvironment()) {
            reach(client);
            steps.done("cluster", "using " + client.getMasterUrl());
            Place place = new Place(client, TryStage.Traces.REMOVED, "");
            return show(place, binaries, steps, end);
        }
    }

    private int alone(Binaries binaries, Steps steps, OrderlyEnd end) throws Exception {
        try (ControlPlane plane = ControlPlane.builder(binaries).start();
                KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig())) {
            steps.done("control plane", "kube-apiserver and etcd at " + plane.server());
            // In the folder of the control plane, which goes with it, however it goes.
            Path kubeconfig = plane.logs().resolve("kubeconfig");
            plane.writeKubeconfig(kubeconfig);
            Place place =
                    new Place(client, TryStage.Traces.LEFT, "  export KUBECONFIG=" + kubeconfig);
            return show(place, binaries, steps, end);
        }
    }

    /** Where it plays, and how to reach that. */
    private record Place(KubernetesClient client, TryStage.Traces traces, String export) {}

    private int show(Place place, Binaries binaries, Steps steps, OrderlyEnd end) throws Exception {
        try (TryPlay play = chosen().start(binaries);
                TryStage stage = new TryStage(place.client(), steps, place.traces())) {
            play.play(stage);
            if (keep) {
                end.endWith(Main.DONE);
                stay(play, place.export(), stage.namespace());
            }
        } finally {
            OrderlyEnd.beginCleaningUp();
        }
        steps.done("done", "nothing is left running");
        return Main.DONE;
    }

    private void stay(TryPlay play, String export, String namespace) throws InterruptedException {
        var out = spec.commandLine().getOut();
        out.println();
        out.println("It keeps running until Ctrl-C. In another shell:");
        if (!export.isEmpty()) {
            out.println(export);
        }
        out.println("  kubectl -n " + namespace + " get externalsecrets,secretstores,secrets");
        out.println(play.hint(namespace));
        out.flush();
        new CountDownLatch(1).await();
    }

    private Backend chosen() {
        if (vault && provider == Backend.AWS) {
            throw new ParameterException(
                    spec.commandLine(), "--vault and --provider aws exclude each other");
        }
        return vault ? Backend.VAULT : provider;
    }

    private static void reach(KubernetesClient client) throws StartupException {
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new StartupException(KubernetesErrors.cannotUse(client.getMasterUrl(), e));
        }
    }
}
