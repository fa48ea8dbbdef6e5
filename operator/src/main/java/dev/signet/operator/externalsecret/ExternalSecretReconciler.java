package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.kube.Turns;
import dev.signet.operator.observe.ControllerMetrics;
import dev.signet.operator.observe.Heartbeats;
import dev.signet.operator.observe.ObjectKind;
import dev.signet.operator.observe.ReconcileResult;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.store.NamespaceAccess;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreListener;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what happens to ExternalSecrets, their targets and their stores, and has each looked at:
 * at once when something changed, in turn when a refresh is due.
 *
 * <p>Changes come from the framework's watches, refreshes and retries from the {@link
 * SyncSchedule}; both wait for a place as keys. The object itself is taken from the cache when its
 * look begins, so nothing is held for one that waits.
 */
public final class ExternalSecretReconciler
        implements Reconciler<ExternalSecret>, StoreListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExternalSecretReconciler.class);

    /** A watch that was cut is made anew within half a minute. */
    private static final Duration ECHO = Duration.ofMinutes(1);

    private final SyncParts parts;
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final ControllerMetrics figures;
    private final Clock clock;
    private final StatusWriter statuses;
    private final WatchEcho echo;
    private final SyncSchedule schedule;
    private final Places places;
    private final FallbackUse uses;
    private final Turns<ExternalSecret> turns = new Turns<>("turns");

    private volatile @Nullable Wired wired;

    /** What exists only since the framework has set up its caches. */
    private record Wired(
            IndexedResourceCache<ExternalSecret> cache,
            TargetCache targets,
            ExternalSecretSync sync,
            TargetRemoval removal) {}

    public ExternalSecretReconciler(SyncParts parts, SyncSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.metrics = parts.metrics();
        this.figures =
                parts.metrics().controller(ObjectKind.EXTERNAL_SECRET.prefix(), settings.places());
        this.clock = parts.clock();
        this.uses = new FallbackUse(parts.metrics().registry());
        this.statuses =
                new StatusWriter(parts.calls(), parts.mapper(), parts.clock(), this::watched);
        this.echo = new WatchEcho(statuses, parts.calls(), ECHO);
        this.places = new Places(settings.places(), this::look);
        this.schedule =
                new SyncSchedule(
                        parts,
                        settings,
                        this::storeOf,
                        key -> turns.give(new ResourceID(key.name(), key.namespace())));
    }

    @Override
    public List<EventSource<?, ExternalSecret>> prepareEventSources(
            EventSourceContext<ExternalSecret> context) {
        IndexedResourceCache<ExternalSecret> cache = context.getPrimaryCache();
        turns.of(cache::get);
        ExternalSecretIndex.addTo(context);
        TargetCache targets =
                TargetCache.watching(
                        context, secret -> ids(ExternalSecretIndex.keeping(cache, secret)));
        SecretApi api = new SecretApi(parts.client(), parts.calls());
        TargetRemoval removal = new TargetRemoval(api, targets, parts.events(), parts.client());
        StoreGate gate =
                new StoreGate(parts.stores(), new NamespaceAccess(parts.client()), settings);
        ExternalSecretSync sync =
                new ExternalSecretSync(
                        gate,
                        new SecretReader(
                                new SourceReader(parts.sessions(), gate, uses, parts.doubts())),
                        new SecretWriter(api, targets::created),
                        removal,
                        statuses,
                        targets,
                        uses,
                        parts);
        wired = new Wired(cache, targets, sync, removal);
        return List.of(targets.source(), turns);
    }

    /** Never waits: the object has its look when there is a place for it. */
    @Override
    public UpdateControl<ExternalSecret> reconcile(
            ExternalSecret es, Context<ExternalSecret> context) {
        ObjectKey key = new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName());
        if (context.isPrimaryResourceDeleted()) {
            schedule.lookForAnother(key);
        }
        places.ask(key, ExternalSecretIndex.firstStore(es));
        return UpdateControl.noUpdate();
    }

    /** Which updates of an ExternalSecret ask for a look: those of External Secrets. */
    public boolean accepts(ExternalSecret now, ExternalSecret before) {
        statuses.seen(now);
        return ExternalSecretIndex.isNews(now, before);
    }

    /**
     * Lists the targets, to be called by a thread of its own while the framework lists the
     * ExternalSecrets. By itself it does one after the other, and at most one of two cores has
     * something to do meanwhile.
     */
    public void loadTargets() {
        wired().targets().load();
    }

    /** Begins to work; to be called when all watches, also those of stores, are in sync. */
    public void start() {
        places.open();
        schedule.start();
    }

    @Override
    public void changed(StoreKey store) {
        keysUsing(store).forEach(schedule::force);
    }

    @Override
    public void judged(StoreKey store) {
        for (ObjectKey key : keysUsing(store)) {
            if (hasFallback(key)) {
                // It is served as it is, and would not read by itself before a refresh is due.
                schedule.force(key);
            }
            schedule.wake(key);
        }
    }

    /**
     * What a store refers to is another one now, so values may differ for those in one namespace;
     * for all if that is empty. Where each namespace brings its own credentials, a change of one's
     * costs the others nothing.
     */
    public void referenceChanged(StoreKey store, String namespace) {
        for (ObjectKey key : keysUsing(store)) {
            if (namespace.isEmpty() || namespace.equals(key.namespace())) {
                schedule.force(key);
                schedule.wake(key);
            }
        }
    }

    /** Beats for the queue and for the watch, as far as they go on. */
    public void beat(Heartbeats hearts) {
        schedule.beat(() -> hearts.beat(Heartbeats.Part.QUEUE));
        if (!echo.isMissing()) {
            hearts.beat(Heartbeats.Part.WATCH);
        }
    }

    /**
     * Hands out no more turns, and waits for at most {@code patience} until what runs has ended.
     */
    public void drain(Duration patience) throws InterruptedException {
        schedule.close();
        if (!places.takeAll(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.atWarn().log("some syncs were still running at the end");
        }
        places.close();
    }

    @Override
    public void close() {
        schedule.close();
        places.close();
    }

    private void look(ObjectKey key) {
        Optional<ExternalSecret> es = statuses.latest(key);
        if (es.isEmpty()) {
            schedule.forget(key);
            schedule.lookForAnother(key);
            statuses.forget(key);
            uses.forget(key);
            metrics.removed(ObjectKind.EXTERNAL_SECRET, key.namespace(), key.name());
            return;
        }
        Instant begun = clock.instant();
        figures.began();
        ReconcileResult result = ReconcileResult.ERROR;
        try {
            result = turn(es.get(), key);
        } catch (InterruptedException e) {
            // The operator stops.
            Thread.currentThread().interrupt();
        } finally {
            schedule.end(key);
            Duration took = Duration.between(begun, clock.instant());
            figures.ended(result, took);
            metrics.reconciled(ObjectKind.EXTERNAL_SECRET, key.namespace(), key.name(), took);
        }
    }

    private ReconcileResult turn(ExternalSecret es, ObjectKey key) throws InterruptedException {
        Wired now = wired();
        try {
            if (es.isMarkedForDeletion()) {
                now.removal().release(es);
                schedule.stop(key);
                return ReconcileResult.SUCCESS;
            }
            Ask ask = schedule.begin(key);
            return schedule.plan(key, ask, now.sync().look(es, ask));
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isNotFound(e) || KubernetesErrors.isNamespaceTerminating(e)) {
                return ReconcileResult.SUCCESS;
            }
            log.atWarn()
                    .addKeyValue("externalsecret", key)
                    .addKeyValue("cause", KubernetesErrors.text(e))
                    .log("not synced; trying again");
            metrics.syncFailed(key.namespace(), key.name());
            return schedule.planAfterFailure(key, KubernetesErrors.isOutage(e));
        } catch (RuntimeException | StackOverflowError e) {
            // A defect must not take the object out of service for good. Its message may hold
            // anything.
            StackTraceElement[] trace = e.getStackTrace();
            log.atError()
                    .addKeyValue("externalsecret", key)
                    .addKeyValue("failure", e.getClass().getName())
                    .addKeyValue("at", trace.length > 0 ? trace[0] : "")
                    .log("unexpected failure; trying again");
            metrics.syncFailed(key.namespace(), key.name());
            return schedule.planAfterDefect(key);
        }
    }

    private boolean hasFallback(ObjectKey key) {
        return watched(key)
                .filter(es -> es.getSpec() != null)
                .map(es -> wired().targets().origin(es))
                .filter(origin -> origin == TargetCache.Origin.FALLBACK)
                .isPresent();
    }

    /** Those whose spec names the store, and those that it serves as a fallback. */
    private Set<ObjectKey> keysUsing(StoreKey store) {
        Wired now = wired;
        if (now == null) {
            return Set.of();
        }
        Set<ObjectKey> keys = new LinkedHashSet<>(uses.of(store));
        for (ExternalSecret es : ExternalSecretIndex.using(now.cache(), store)) {
            keys.add(new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName()));
        }
        return keys;
    }

    private String storeOf(ObjectKey key) {
        return watched(key).map(ExternalSecretIndex::firstStore).orElse("");
    }

    private Optional<ExternalSecret> watched(ObjectKey key) {
        Wired now = wired;
        return now == null
                ? Optional.empty()
                : now.cache().get(new ResourceID(key.name(), key.namespace()));
    }

    private Wired wired() {
        Wired now = wired;
        if (now == null) {
            throw new IllegalStateException("the framework has not prepared its event sources");
        }
        return now;
    }

    private static Set<ResourceID> ids(List<ExternalSecret> all) {
        return all.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }
}
