package dev.signet.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.ExternalSecret;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.SecretStore;
import dev.signet.operator.cache.PrunedItemStore;
import dev.signet.operator.cache.SharedObjects;
import dev.signet.operator.cache.SlimMetadata;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.externalsecret.BurstLimit;
import dev.signet.operator.externalsecret.ExternalSecretReconciler;
import dev.signet.operator.externalsecret.SyncParts;
import dev.signet.operator.externalsecret.SyncSettings;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.kube.ObjectNews;
import dev.signet.operator.observe.Health;
import dev.signet.operator.observe.Heartbeats;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.operator.sealedsecret.SealedParts;
import dev.signet.operator.sealedsecret.SealedSecrets;
import dev.signet.operator.sealedsecret.keys.KeyRegistry;
import dev.signet.operator.sealedsecret.store.SealedStoreValues;
import dev.signet.operator.store.ClusterSecretStoreReconciler;
import dev.signet.operator.store.Providers;
import dev.signet.operator.store.ReferenceResolver;
import dev.signet.operator.store.SealedNamespaces;
import dev.signet.operator.store.SecretStoreReconciler;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreKind;
import dev.signet.operator.store.StoreParts;
import dev.signet.operator.store.StoreSessions;
import dev.signet.operator.store.StoreSettings;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator: its controllers and what they share, from start to stop.
 *
 * <p>Stopping ends within a few seconds: no new work is taken, what runs may finish, tokens are
 * revoked.
 */
public final class SignetOperator implements AutoCloseable, Health {

    private static final Logger log = LoggerFactory.getLogger(SignetOperator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** For a large fleet on a busy API server. */
    private static final Duration CACHES = Duration.ofMinutes(5);

    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final ApiCalls calls;
    private final EventRecorder events;
    private final StoreSessions sessions;
    private final ExternalSecretReconciler externalSecrets;
    private final SecretStoreReconciler secretStores;
    private final ClusterSecretStoreReconciler clusterSecretStores;
    private final @Nullable SealedSecrets sealedSecrets;
    private final KeyRegistry sealingKeys;
    private final Consumer<String> onFatal;
    private volatile @Nullable Operator running;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean lifeless = new AtomicBoolean();
    private volatile boolean started;

    /**
     * An operator that is not started.
     *
     * @param client stays the caller's to close
     * @param onFatal is told, once, when a watch has ended for good, so that the process can end
     */
    public SignetOperator(
            KubernetesClient client,
            OperatorConfig config,
            Providers providers,
            SyncMetrics metrics,
            Clock clock,
            Consumer<String> onFatal) {
        this.client = client;
        this.config = config;
        this.onFatal = onFatal;
        ObjectMapper mapper = KubernetesClients.lenientMapper();
        RandomGenerator random = RandomGenerator.getDefault();
        this.calls = new ApiCalls(client);
        this.events = new EventRecorder(client, calls, clock);
        this.sealingKeys =
                new KeyRegistry(
                        client,
                        config.sealedSecrets().home(),
                        config.sealedSecrets().keys(),
                        events,
                        clock);
        this.sealedSecrets =
                config.sealedSecrets().enabled()
                        ? new SealedSecrets(
                                new SealedParts(
                                        client, calls, events, metrics, mapper, clock, random),
                                config.sealedSecrets(),
                                config.namespace(),
                                sealingKeys,
                                sealingKeys::start)
                        : null;
        SealedNamespaces sealedValues =
                sealedSecrets == null
                        ? SealedNamespaces.none()
                        : SealedStoreValues.of(sealedSecrets, mapper, clock, this::sealedChanged);
        this.sessions =
                new StoreSessions(
                        providers,
                        new ReferenceResolver(client, config.ownTokenFile(), sealedValues),
                        metrics,
                        mapper,
                        clock,
                        client,
                        config.localEndpoints(),
                        this::referenceChanged);
        Gauge.builder("signet.store.sessions", sessions, StoreSessions::size)
                .description("Sessions with backends that are open")
                .strongReference(true)
                .register(metrics.registry());
        Gauge.builder("signet.store.sessions.resting", sessions, StoreSessions::resting)
                .description("Sessions that leave their backend alone, as it gives no answers")
                .strongReference(true)
                .register(metrics.registry());
        FunctionCounter.builder("signet.events.dropped", events, EventRecorder::dropped)
                .description("Events not written because the API server could not keep up")
                .register(metrics.registry());
        StoreSettings stores =
                new StoreSettings(config.controllerClass(), config.storeRequeueInterval());
        this.externalSecrets =
                new ExternalSecretReconciler(
                        new SyncParts(
                                this::find,
                                sessions,
                                this::doubt,
                                events,
                                metrics,
                                client,
                                calls,
                                mapper,
                                clock,
                                random),
                        new SyncSettings(
                                stores,
                                config.concurrent(),
                                config.floodGate(),
                                config.refreshesPerSecond(),
                                config.fallbackStore()));
        StoreParts parts =
                new StoreParts(
                        sessions, externalSecrets, events, metrics, client, mapper, clock, random);
        this.secretStores = new SecretStoreReconciler(parts, stores);
        this.clusterSecretStores = new ClusterSecretStoreReconciler(parts, stores);
    }

    /**
     * Starts to work, and returns when all watches are in sync.
     *
     * @throws StartupException where it cannot: one line that says what to do
     */
    public void start() throws StartupException {
        new Preflight(client).check(config.namespace(), config.clusterStores());
        if (sealedSecrets != null) {
            // Before the stores, which may serve them.
            sealedSecrets.start();
        }
        Operator operator = new Operator(this::configure);
        operator.register(secretStores, this::onSecretStores);
        if (config.clusterStores()) {
            operator.register(clusterSecretStores, this::onClusterSecretStores);
        }
        operator.register(externalSecrets, this::onExternalSecrets);
        running = operator;
        Thread.ofVirtual().name("load-targets").start(externalSecrets::loadTargets);
        try {
            operator.start();
        } catch (OperatorException | KubernetesClientException e) {
            throw new StartupException(
                    "the watches could not be started at %s: %s"
                            .formatted(client.getMasterUrl(), cause(e)));
        }
        secretStores.start();
        clusterSecretStores.start();
        externalSecrets.start();
        started = true;
        log.atInfo()
                .addKeyValue("server", client.getMasterUrl())
                .addKeyValue(
                        "namespaces", config.namespace().isEmpty() ? "all" : config.namespace())
                .log("operator started");
    }

    @Override
    public boolean started() {
        return started;
    }

    @Override
    public boolean cachesSynced() {
        return started;
    }

    /**
     * Beats for each part that goes on. To be called every few seconds; until the operator has
     * started, the hearts beat by themselves, for its first lists may take long.
     */
    public void beat(Heartbeats hearts) {
        if (started) {
            externalSecrets.beat(hearts);
            if (sealedSecrets == null || sealedSecrets.isGoingOn()) {
                hearts.beat(Heartbeats.Part.UNSEALING);
            }
        } else {
            for (Heartbeats.Part part : Heartbeats.Part.values()) {
                hearts.beat(part);
            }
        }
        Optional<String> dead = hearts.dead();
        if (dead.isPresent() && !lifeless.getAndSet(true)) {
            log.atError().addKeyValue("cause", dead.get()).log("operator is not alive");
        } else if (dead.isEmpty()) {
            lifeless.set(false);
        }
    }

    /** The keys that open sealed values; they are read once SealedSecrets can be served. */
    public Keys sealingKeys() {
        return sealingKeys;
    }

    /** Makes a new sealing key as soon as that can be done. */
    public void renewSealingKey() {
        sealingKeys.renew();
    }

    /** How many sessions with backends are open. */
    public int openSessions() {
        return sessions.size();
    }

    /** Stops; what runs may finish within a second, then tokens are revoked. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean wasStarted = started;
        started = false;
        secretStores.close();
        clusterSecretStores.close();
        if (sealedSecrets != null) {
            sealedSecrets.close();
        }
        sealingKeys.close();
        try {
            externalSecrets.drain(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Operator operator = running;
        if (operator != null) {
            operator.stop();
        }
        sessions.close();
        events.close();
        calls.close();
        if (wasStarted) {
            log.atInfo().log("operator stopped");
        }
    }

    private void sealedChanged(String namespace) {
        sessions.sealedChanged(namespace);
    }

    private Optional<Store> find(StoreKey key) {
        return key.kind() == StoreKind.SECRET_STORE
                ? secretStores.find(key)
                : clusterSecretStores.find(key);
    }

    private void referenceChanged(StoreKey store, String namespace) {
        revalidate(store);
        externalSecrets.referenceChanged(store, namespace);
    }

    private void doubt(StoreKey store) {
        if (store.kind() == StoreKind.SECRET_STORE) {
            secretStores.doubt(store);
        } else {
            clusterSecretStores.doubt(store);
        }
    }

    private void revalidate(StoreKey store) {
        if (store.kind() == StoreKind.SECRET_STORE) {
            secretStores.revalidate(store);
        } else {
            clusterSecretStores.revalidate(store);
        }
    }

    private void configure(ConfigurationServiceOverrider settings) {
        settings.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withUseSSAToPatchPrimaryResource(false)
                .withResourceCloner(new SharedObjects())
                .checkingCRDAndValidateLocalModel(false)
                .withReconciliationTerminationTimeout(Duration.ofMillis(500))
                .withCacheSyncTimeout(CACHES)
                .withInformerStoppedHandler((informer, cause) -> {
                    // Also reached when we stop them ourselves, and then there is no cause.
                    if (cause != null && started) {
                        started = false;
                        onFatal.accept(
                                "the watch of %s has ended for good: %s"
                                        .formatted(
                                                informer.getApiTypeClass().getSimpleName(),
                                                cause(cause)));
                    }
                });
    }

    private void onExternalSecrets(ControllerConfigurationOverrider<ExternalSecret> settings) {
        common(settings);
        namespaces(settings);
        settings.withOnUpdateFilter(externalSecrets::accepts).withRateLimiter(new BurstLimit());
    }

    private void onSecretStores(ControllerConfigurationOverrider<SecretStore> settings) {
        common(settings);
        namespaces(settings);
        settings.withOnUpdateFilter(ObjectNews::isIn);
    }

    private void onClusterSecretStores(
            ControllerConfigurationOverrider<ClusterSecretStore> settings) {
        common(settings);
        settings.withOnUpdateFilter(ObjectNews::isIn);
    }

    private static void prune(CustomResource<?, ?> object) {
        object.setApiVersion(SlimMetadata.shared(object.getApiVersion()));
        object.setKind(SlimMetadata.shared(object.getKind()));
        SlimMetadata.apply(object.getMetadata());
    }

    private static <R extends CustomResource<?, ?>> void common(
            ControllerConfigurationOverrider<R> settings) {
        settings.withGenerationAware(false)
                .withTriggerReconcilerOnAllEvents(true)
                .withReconciliationMaxInterval(null)
                .withRetry(new GenericRetry().setMaxAttempts(-1))
                .withInformerListLimit(PAGE)
                .withItemStore(new PrunedItemStore<>(SignetOperator::prune));
    }

    private void namespaces(ControllerConfigurationOverrider<?> settings) {
        if (config.namespace().isEmpty()) {
            settings.watchingAllNamespaces();
        } else {
            settings.settingNamespace(config.namespace());
        }
    }

    private static String cause(Throwable failure) {
        Throwable at = failure;
        while (at != null) {
            if (at instanceof KubernetesClientException known) {
                return KubernetesErrors.text(known);
            }
            at = at.getCause();
        }
        return failure.getClass().getSimpleName();
    }
}
