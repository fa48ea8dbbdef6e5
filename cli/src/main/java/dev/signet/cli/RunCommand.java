package dev.signet.cli;

import dev.signet.api.GoDuration;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.observe.Health;
import dev.signet.operator.observe.Heartbeat;
import dev.signet.operator.observe.HttpEndpoints;
import dev.signet.operator.observe.LogLevel;
import dev.signet.operator.observe.LogSettings;
import dev.signet.operator.observe.Logging;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.observe.TimeEncoding;
import dev.signet.operator.store.Providers;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    private static final Duration PULSE = Duration.ofSeconds(5);

    @Spec private CommandSpec spec;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:SIGNET_NAMESPACE:-}",
            description = "Work in this namespace only; in all when empty.")
    private String namespace;

    @Option(
            names = "--controller-class",
            paramLabel = "NAME",
            defaultValue = "${env:SIGNET_CONTROLLER_CLASS:-default}",
            description = "Serve stores of this class, and those that name none.")
    private String controllerClass;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "${env:SIGNET_CONCURRENT:-32}",
            description = "The most ExternalSecrets that are synced at once.")
    private int concurrent;

    @Option(
            names = "--store-requeue-interval",
            paramLabel = "DURATION",
            defaultValue = "${env:SIGNET_STORE_REQUEUE_INTERVAL:-5m}",
            converter = DurationConverter.class,
            description = "Time until a store is validated again, unless it says otherwise.")
    private Duration storeRequeueInterval;

    @Option(
            names = "--refreshes-per-second",
            paramLabel = "N",
            defaultValue = "${env:SIGNET_REFRESHES_PER_SECOND:-0}",
            description =
                    "The most periodic refreshes and retries started each second for one store; 0 for no limit.")
    private double refreshesPerSecond;

    @Option(
            names = "--enable-cluster-store-reconciler",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:SIGNET_ENABLE_CLUSTER_STORE_RECONCILER:-true}",
            description = "Serve ClusterSecretStores.")
    private boolean clusterStores;

    @Option(
            names = "--enable-flood-gate",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "${env:SIGNET_ENABLE_FLOOD_GATE:-true}",
            description = "Let an ExternalSecret wait until its store is Ready.")
    private boolean floodGate;

    @Option(
            names = "--metrics-addr",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:SIGNET_METRICS_ADDR:-:8081}",
            converter = AddressConverter.class,
            description = "Where metrics are served; 0 for nowhere.")
    private BindAddress metricsAddress;

    @Option(
            names = "--live-addr",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:SIGNET_LIVE_ADDR:-:8082}",
            converter = AddressConverter.class,
            description = "Where /healthz and /readyz are served; 0 for nowhere.")
    private BindAddress liveAddress;

    @Option(
            names = "--loglevel",
            paramLabel = "LEVEL",
            defaultValue = "${env:SIGNET_LOGLEVEL:-info}",
            description = "debug, info, warn, error, dpanic, panic or fatal.")
    private String logLevel;

    @Option(
            names = "--zap-time-encoding",
            paramLabel = "FORM",
            defaultValue = "${env:SIGNET_ZAP_TIME_ENCODING:-epoch}",
            description =
                    "Time in log lines: epoch, millis, nano, iso8601, rfc3339 or rfc3339nano.")
    private String timeEncoding;

    @Mixin private AcceptedFlags accepted;

    static final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = GoDuration.parse(text);
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                throw new CommandLine.TypeConversionException(
                        "'" + text + "' is no duration; write it like 5m or 1h30m");
            }
            throw new CommandLine.TypeConversionException("'" + text + "' is not above zero");
        }
    }

    static final class AddressConverter implements CommandLine.ITypeConverter<BindAddress> {
        @Override
        public BindAddress convert(String text) {
            try {
                return BindAddress.parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        if (concurrent < 1) {
            throw new ParameterException(spec.commandLine(), "--concurrent must be at least 1");
        }
        accepted.check(spec.commandLine());
        configureLogging();
        OperatorConfig config =
                new OperatorConfig(
                        namespace,
                        controllerClass,
                        concurrent,
                        storeRequeueInterval,
                        clusterStores,
                        floodGate,
                        refreshesPerSecond,
                        OperatorConfig.DEFAULTS.ownTokenFile());
        try (KubernetesClient client =
                        KubernetesClients.fromEnvironment(
                                System.getenv(), Path.of(System.getProperty("user.home")));
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
        Heartbeat heartbeat = new Heartbeat(PATIENCE_OF_LIVENESS);
        Health health = operator;
        try (HttpEndpoints _ =
                HttpEndpoints.start(
                        new HttpEndpoints.Listener("--metrics-addr", metricsAddress),
                        new HttpEndpoints.Listener("--live-addr", liveAddress),
                        metrics,
                        health,
                        heartbeat)) {
            operator.start();
            Thread hook = Thread.ofPlatform().unstarted(() -> stop(operator));
            Runtime.getRuntime().addShutdownHook(hook);
            Thread.ofVirtual().name("pulse").start(() -> pulse(operator, heartbeat));
            end.await();
            Runtime.getRuntime().removeShutdownHook(hook);
            throw new CommandFailedException(
                    fatal.get() + "; ending, so that the pod is restarted");
        } finally {
            operator.close();
        }
    }

    // A signal is the usual way to end, and no failure: the exit code says so.
    private static void stop(SignetOperator operator) {
        operator.close();
        Runtime.getRuntime().halt(Main.DONE);
    }

    /** Beats as long as the queue's lock can be taken. */
    private static void pulse(SignetOperator operator, Heartbeat heartbeat) {
        try {
            while (operator.waiting() >= 0) {
                heartbeat.beat();
                Thread.sleep(PULSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void configureLogging() {
        try {
            Logging.configure(
                    LogSettings.of(LogLevel.parse(logLevel), TimeEncoding.parse(timeEncoding)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
