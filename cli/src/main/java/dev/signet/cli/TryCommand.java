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
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = {
            "Shows a value go from a Vault-compatible server into a Kubernetes Secret, and follow when it is rotated.",
            "Everything runs on this machine and is cleaned up at the end. What is missing is downloaded or built first, and kept in a cache."
        },
        footer = {"", "Example:", "  signet try --keep"})
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
            Stage stage = new Stage(client, TryScene.Traces.REMOVED, "");
            return show(stage, binaries, steps, end);
        }
    }

    private int alone(Binaries binaries, Steps steps, OrderlyEnd end) throws Exception {
        try (ControlPlane plane = ControlPlane.builder(binaries).start();
                KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig())) {
            steps.done("control plane", "kube-apiserver and etcd at " + plane.server());
            // In the folder of the control plane, which goes with it, however it goes.
            Path kubeconfig = plane.logs().resolve("kubeconfig");
            plane.writeKubeconfig(kubeconfig);
            Stage stage =
                    new Stage(client, TryScene.Traces.LEFT, "  export KUBECONFIG=" + kubeconfig);
            return show(stage, binaries, steps, end);
        }
    }

    /** Where it plays, and how to reach that. */
    private record Stage(KubernetesClient client, TryScene.Traces traces, String export) {}

    private int show(Stage stage, Binaries binaries, Steps steps, OrderlyEnd end) throws Exception {
        try (OpenBao vault = OpenBao.builder(binaries).start();
                TryScene scene = new TryScene(stage.client(), vault, steps, stage.traces())) {
            steps.done("vault", "OpenBao at " + vault.address());
            scene.play();
            if (keep) {
                end.endWith(Main.DONE);
                stay(vault, stage.export(), scene.namespace());
            }
        } finally {
            OrderlyEnd.beginCleaningUp();
        }
        steps.done("done", "nothing is left running");
        return Main.DONE;
    }

    private void stay(OpenBao vault, String export, String namespace) throws InterruptedException {
        var out = spec.commandLine().getOut();
        out.println();
        out.println("It keeps running until Ctrl-C. In another shell:");
        if (!export.isEmpty()) {
            out.println(export);
        }
        out.println("  kubectl -n " + namespace + " get externalsecrets,secretstores,secrets");
        out.println(
                "  curl -H 'X-Vault-Token: %s' -d '{\"data\":{\"password\":\"another\"}}' %s/v1/secret/data/app/database"
                        .formatted(vault.rootToken(), vault.address()));
        out.flush();
        new CountDownLatch(1).await();
    }

    private static void reach(KubernetesClient client) throws StartupException {
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new StartupException(KubernetesErrors.cannotUse(client.getMasterUrl(), e));
        }
    }
}
