package dev.signet.cli;

import dev.signet.operator.OperatorConfig;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.observe.Health;
import dev.signet.operator.observe.HeapGuard;
import dev.signet.operator.observe.Heartbeats;
import dev.signet.operator.observe.HttpEndpoints;
import dev.signet.operator.observe.LogLevel;
import dev.signet.operator.observe.LogSettings;
import dev.signet.operator.observe.Logging;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.observe.TimeEncoding;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import dev.signet.operator.sealedsecret.web.SealedSecretsApi;
import dev.signet.operator.store.Fallback;
import dev.signet.operator.store.Providers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = {
            "Runs the operator against the cluster in KUBECONFIG, or the one that it runs in.",
            "Each flag can also be set in the environment: --controller-class as SIGNET_CONTROLLER_CLASS."
        },
        showDefaultValues = true,
        footer = {"", "Example:", "  signet run --namespace team-a --loglevel debug"})
final class RunCommand implements Callable<Integer> {

    private static final Duration PATIENCE_OF_LIVENESS = Duration.ofSeconds(60);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(4);
    private static final Duration PULSE = Duration.ofSeconds(5);

    @Spec private CommandSpec spec;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "",
            converter = Converters.OfNamespace.class,
            description = "Work in this namespace only; in all when empty.")
    private String namespace;

    @Option(
            names = "--controller-class",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Serve stores of this class, and those that name none.")
    private String controllerClass;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "32",
            converter = Converters.OfCount.class,
            description = "The most ExternalSecrets that are synced at once.")
    private int concurrent;

    @Option(
            names = "--store-requeue-interval",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = Converters.OfDuration.class,
            description = "Time until a store is validated again, unless it says otherwise.")
    private Duration storeRequeueInterval;

    @Option(
            names = "--refreshes-per-second",
            paramLabel = "N",
            defaultValue = "0",
            converter = Converters.OfRate.class,
            description =
                    "The most periodic refreshes and retries started each second for one store; 0 for no limit.")
    private double refreshesPerSecond;

    @Option(
            names = "--enable-cluster-store-reconciler",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Serve ClusterSecretStores.")
    private boolean clusterStores;

    @Option(
            names = "--enable-flood-gate",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Let an ExternalSecret wait until its store is Ready.")
    private boolean floodGate;

    @Option(
            names = "--fallback-store",
            paramLabel = "KIND/NAME",
            defaultValue = "",
            converter = Converters.OfStore.class,
            description =
                    "Where values come from when a store that names no fallback is unreachable or not configured here; none when empty.")
    private String fallbackStore;

    @Option(
            names = "--allow-local-endpoints",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description =
                    "Let stores name addresses of this machine, its link and its cloud's metadata; for tests.")
    private boolean localEndpoints;

    @Option(
            names = "--metrics-addr",
            paramLabel = "HOST:PORT",
            defaultValue = ":8081",
            converter = Converters.OfAddress.class,
            description = "Where metrics are served; 0 for nowhere.")
    private BindAddress metricsAddress;

    @Option(
            names = "--live-addr",
            paramLabel = "HOST:PORT",
            defaultValue = ":8082",
            converter = Converters.OfAddress.class,
            description = "Where /healthz and /readyz are served; 0 for nowhere.")
    private BindAddress liveAddress;

    @Option(
            names = "--loglevel",
            paramLabel = "LEVEL",
            defaultValue = "info",
            converter = Converters.OfLogLevel.class,
            description = "debug, info, warn, error, dpanic, panic or fatal.")
    private LogLevel logLevel;

    @Option(
            names = "--zap-time-encoding",
            paramLabel = "FORM",
            defaultValue = "epoch",
            converter = Converters.OfTimeEncoding.class,
            description =
                    "Time in log lines: epoch, millis, nano, iso8601, rfc3339 or rfc3339nano.")
    private TimeEncoding timeEncoding;

    @Mixin private SealedSecretsOptions sealedSecrets;

    @Mixin private SealedKeysOptions sealedKeys;

    @Mixin private AcceptedFlags accepted;

    @Override
    public Integer call() throws Exception {
        accepted.check(spec.commandLine());
        sealedSecrets.check(spec.commandLine());
        Logging.configure(LogSettings.of(logLevel, timeEncoding));
        OperatorConfig config =
                new OperatorConfig(
                        namespace,
                        controllerClass,
                        concurrent,
                        storeRequeueInterval,
                        clusterStores,
                        floodGate,
                        refreshesPerSecond,
                        Fallback.reference(fallbackStore).orElse(null),
                        localEndpoints,
                        OperatorConfig.DEFAULTS.ownTokenFile(),
                        sealedSecrets.config(sealedKeys.keys(spec.commandLine())));
        // Kubernetes waits for 30 s; a second is left for the process itself to end in.
        try (OrderlyEnd _ = OrderlyEnd.listen(PATIENCE_AT_THE_END, Main.DONE);
                KubernetesClient client = Clusters.fromEnvironment();
                SyncMetrics metrics = new SyncMetrics()) {
            return serve(client, config, metrics);
        }
    }

    private int serve(KubernetesClient client, OperatorConfig config, SyncMetrics metrics)
            throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<String> fatal = new AtomicReference<>("");
        SignetOperator operator =
                new SignetOperator(
                        client,
                        config,
                        Providers.onClassPath(),
                        metrics,
                        Clock.systemUTC(),
                        cause -> {
                            fatal.set(cause);
                            end.countDown();
                        });
        HeapGuard.start();
        Heartbeats hearts = new Heartbeats(PATIENCE_OF_LIVENESS);
        metrics.heartbeats(hearts);
        Health health = operator;
        try (HttpEndpoints _ =
                        HttpEndpoints.start(
                                new HttpEndpoints.Listener("--metrics-addr", metricsAddress),
                                new HttpEndpoints.Listener("--live-addr", liveAddress),
                                metrics,
                                health,
                                hearts);
                SealedSecretsApi _ =
                        serveSealedSecrets(operator, config.sealedSecrets(), metrics)) {
            boolean _ = RenewSignal.listen(operator::renewSealingKey);
            // Before the start, whose first lists may take longer than the patience of a probe.
            Thread.ofVirtual().name("pulse").start(() -> pulse(operator, hearts));
            operator.start();
            end.await();
            throw new CommandFailedException(
                    fatal.get() + "; ending, so that the pod is restarted");
        } finally {
            OrderlyEnd.beginCleaningUp();
            operator.close();
        }
    }

    private SealedSecretsApi serveSealedSecrets(
            SignetOperator operator, SealedSecretsConfig config, SyncMetrics metrics) {
        Keys keys = operator.sealingKeys();
        return SealedSecretsApi.start(
                config.enabled() ? sealedKeys.api() : ApiSettings.OFF,
                config.unseal().acceptLegacy(),
                keys,
                () -> operator.started() && keys.current().newest().isPresent(),
                metrics.registry());
    }

    private static void pulse(SignetOperator operator, Heartbeats hearts) {
        try {
            while (true) {
                operator.beat(hearts);
                Thread.sleep(PULSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
