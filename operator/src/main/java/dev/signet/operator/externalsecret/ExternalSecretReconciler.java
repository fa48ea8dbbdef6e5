package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.operator.KubernetesErrors;
import dev.signet.operator.observe.ObjectKind;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.Backoff;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Priority;
import dev.signet.operator.refresh.QueueSettings;
import dev.signet.operator.refresh.StoreRates;
import dev.signet.operator.refresh.SyncQueue;
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
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what happens to ExternalSecrets, their targets and their stores, and has each looked at:
 * at once when something changed, in turn when a refresh is due.
 *
 * <p>Changes come from the framework's watches and go straight to a place; refreshes and retries
 * come from the {@link SyncQueue}, which lets only half of the places go to them. So a new object
 * never waits behind refreshes.
 */
public final class ExternalSecretReconciler
        implements Reconciler<ExternalSecret>, StoreListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ExternalSecretReconciler.class);
    private static final int UNDECIDED_LOOKS = 8;
    private static final Duration UNDECIDED_PAUSE = Duration.ofSeconds(1);
    private static final Duration BACK_SOON = Duration.ofSeconds(5);

    private final SyncParts parts;
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final Clock clock;
    private final StatusWriter statuses;
    private final Backoff<ObjectKey> backoff;
    private final Backoff<ObjectKey> undecided;
    private final SyncQueue<ObjectKey> queue;
    private final Semaphore places;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Set<ObjectKey> granted = ConcurrentHashMap.newKeySet();
    private final Set<ObjectKey> forced = ConcurrentHashMap.newKeySet();
    private final SimpleInboundEventSource<ExternalSecret> turns =
            new SimpleInboundEventSource<>("turns");

    private volatile @Nullable Wired wired;

    /** What exists only since the framework has set up its caches. */
    private record Wired(
            IndexedResourceCache<ExternalSecret> cache,
            ExternalSecretSync sync,
            TargetRemoval removal) {}

    public ExternalSecretReconciler(SyncParts parts, SyncSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.statuses = new StatusWriter(parts.client(), parts.mapper(), parts.clock());
        this.backoff = new Backoff<>(parts.random());
        this.undecided = new Backoff<>(parts.random());
        this.places = new Semaphore(settings.concurrent());
        StoreRates rates = store -> settings.rate();
        QueueSettings<ObjectKey> bounds = QueueSettings.of(Math.max(1, settings.concurrent() / 2));
        this.queue =
                new SyncQueue<>(
                        bounds.withStoreRates(this::storeOf, rates), parts.clock(), this::grant);
    }

    @Override
    public List<EventSource<?, ExternalSecret>> prepareEventSources(
            EventSourceContext<ExternalSecret> context) {
        IndexedResourceCache<ExternalSecret> cache = context.getPrimaryCache();
        ExternalSecretIndex.addTo(context);
        TargetCache targets =
                TargetCache.watching(
                        context, secret -> ids(ExternalSecretIndex.keeping(cache, secret)));
        SecretApi api = new SecretApi(parts.client());
        TargetRemoval removal = new TargetRemoval(api, targets, parts.events(), parts.client());
        StoreGate gate =
                new StoreGate(parts.stores(), new NamespaceAccess(parts.client()), settings);
        wired =
                new Wired(
                        cache,
                        new ExternalSecretSync(
                                gate,
                                new SecretReader(parts.sessions()),
                                new SecretWriter(api),
                                removal,
                                statuses,
                                targets,
                                parts),
                        removal);
        return List.of(targets.source(), turns);
    }

    @Override
    public UpdateControl<ExternalSecret> reconcile(
            ExternalSecret es, Context<ExternalSecret> context) throws InterruptedException {
        ready.await();
        Wired parts = wired();
        ObjectKey key = new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName());
        if (context.isPrimaryResourceDeleted()) {
            forget(key);
            return UpdateControl.noUpdate();
        }
        places.acquire();
        Instant begun = clock.instant();
        try {
            if (es.isMarkedForDeletion()) {
                parts.removal().release(es);
                queue.remove(key);
            } else {
                parts.removal().protect(es);
                Ask ask = ask(key);
                schedule(key, parts.sync().look(es, ask));
            }
        } catch (KubernetesClientException e) {
            if (!KubernetesErrors.isNotFound(e) && !KubernetesErrors.isNamespaceTerminating(e)) {
                log.atWarn()
                        .addKeyValue("externalsecret", key)
                        .addKeyValue("cause", KubernetesErrors.text(e))
                        .log("not synced; trying again");
                metrics.syncFailed(key.namespace(), key.name());
                queue.scheduleExactly(key, backoff.failed(key), Priority.RETRY);
            }
        } catch (RuntimeException e) {
            // A defect must not take the object out of service for good.
            log.atError()
                    .addKeyValue("externalsecret", key)
                    .addKeyValue("error", e.getClass().getName())
                    .addKeyValue("at", e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "")
                    .log("unexpected failure; trying again");
            metrics.syncFailed(key.namespace(), key.name());
            queue.scheduleExactly(key, backoff.failed(key, BACK_SOON), Priority.RETRY);
        } finally {
            places.release();
            queue.done(key);
            metrics.reconciled(
                    ObjectKind.EXTERNAL_SECRET,
                    key.namespace(),
                    key.name(),
                    Duration.between(begun, clock.instant()));
        }
        return UpdateControl.noUpdate();
    }

    /** Which updates of an ExternalSecret ask for a look: those of External Secrets. */
    public boolean accepts(ExternalSecret now, ExternalSecret before) {
        statuses.seen(now);
        return ExternalSecretIndex.isNews(now, before);
    }

    /** Begins to work; to be called when all watches, also those of stores, are in sync. */
    public void start() {
        ready.countDown();
        queue.start();
    }

    @Override
    public void becameReady(StoreKey store) {
        wake(store, false);
    }

    @Override
    public void changed(StoreKey store) {
        wake(store, true);
    }

    /** How many refreshes and retries are due and wait for their turn. */
    public int waiting() {
        return queue.due();
    }

    /** Takes no new work, and waits for at most {@code patience} until what runs has ended. */
    public void drain(Duration patience) throws InterruptedException {
        queue.close();
        if (places.tryAcquire(settings.concurrent(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.atDebug().log("all syncs have ended");
        } else {
            log.atWarn().log("some syncs were still running at the end");
        }
    }

    @Override
    public void close() {
        queue.close();
    }

    private Ask ask(ObjectKey key) {
        return new Ask(
                granted.remove(key),
                forced.remove(key),
                undecided.failures(key) >= UNDECIDED_LOOKS);
    }

    private void schedule(ObjectKey key, Next next) {
        switch (next) {
            case Next.Never never -> settled(key);
            case Next.Refresh refresh -> {
                settled(key);
                queue.scheduleExactly(key, refresh.due(), Priority.PERIODIC);
            }
            case Next.Retry retry -> {
                undecided.succeeded(key);
                queue.scheduleExactly(key, backoff.failed(key, retry.atLeast()), Priority.RETRY);
            }
            case Next.Undecided waiting -> {
                undecided.failed(key);
                queue.scheduleExactly(key, UNDECIDED_PAUSE, Priority.RETRY);
            }
        }
    }

    private void settled(ObjectKey key) {
        backoff.succeeded(key);
        undecided.succeeded(key);
    }

    private void forget(ObjectKey key) {
        queue.remove(key);
        settled(key);
        granted.remove(key);
        forced.remove(key);
        statuses.forget(key);
        metrics.removed(ObjectKind.EXTERNAL_SECRET, key.namespace(), key.name());
    }

    private void grant(ObjectKey key) {
        granted.add(key);
        turns.propagateEvent(new ResourceID(key.name(), key.namespace()));
    }

    private void wake(StoreKey store, boolean force) {
        Wired now = wired;
        if (now == null) {
            return;
        }
        for (ExternalSecret es : ExternalSecretIndex.using(now.cache(), store)) {
            ObjectKey key =
                    new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName());
            if (force) {
                forced.add(key);
            }
            queue.schedule(key, Duration.ZERO, Priority.TRIGGER);
        }
    }

    private String storeOf(ObjectKey key) {
        Wired now = wired;
        Optional<ExternalSecret> es =
                now == null
                        ? Optional.empty()
                        : now.cache().get(new ResourceID(key.name(), key.namespace()));
        return es.map(ExternalSecretIndex::firstStore).orElse("");
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
