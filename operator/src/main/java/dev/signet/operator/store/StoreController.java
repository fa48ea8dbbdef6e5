package dev.signet.operator.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.api.StatusCondition;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.SecretStoreStatus;
import dev.signet.api.store.StoreFallback;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.ConditionStatus;
import dev.signet.operator.observe.ObjectKind;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.Backoff;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Priority;
import dev.signet.operator.refresh.SyncQueue;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the status of stores true: validates each when it changes, when something it refers to
 * changes, and from time to time. One serves SecretStores, another ClusterSecretStores.
 */
final class StoreController {

    private static final Logger log = LoggerFactory.getLogger(StoreController.class);

    private static final int AT_ONCE = 64;

    /** Many may ask at once, and one validation answers them all. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Duration DOUBT_PAUSE = Duration.ofSeconds(10);

    private final StoreSessions sessions;
    private final StoreValidation validation;
    private final StoreListener listener;
    private final EventRecorder events;
    private final SyncMetrics metrics;
    private final KubernetesClient client;
    private final ObjectMapper mapper;
    private final StoreSettings settings;
    private final SyncQueue<ObjectKey> queue;
    private final Backoff<ObjectKey> backoff;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final ConcurrentMap<StoreKey, Instant> validated = new ConcurrentHashMap<>();
    private final ConcurrentMap<StoreKey, Seen> seen = new ConcurrentHashMap<>();

    /** What was last found of a store, so that a change is told from a repetition. */
    private record Seen(
            String uid,
            long generation,
            @Nullable StoreFallback fallback,
            boolean ready,
            String verdict) {

        boolean isOf(Store store) {
            return uid.equals(store.uid())
                    && generation == store.generation()
                    // It may be that of an annotation, which no generation counts.
                    && Objects.equals(fallback, store.fallback());
        }
    }

    StoreController(StoreParts parts, StoreSettings settings, SyncQueue<ObjectKey> queue) {
        this.sessions = parts.sessions();
        this.validation = new StoreValidation(parts.sessions(), parts.clock());
        this.listener = parts.listener();
        this.events = parts.events();
        this.metrics = parts.metrics();
        this.client = parts.client();
        this.mapper = parts.mapper();
        this.clock = parts.clock();
        this.settings = settings;
        this.queue = queue;
        this.backoff =
                new Backoff<>(parts.random(), Duration.ofSeconds(1), Duration.ofMinutes(1), 10_000);
    }

    /** Validates the store and writes what was found, if that is news. */
    void reconcile(Store store, CustomResource<SecretStoreSpec, SecretStoreStatus> resource)
            throws InterruptedException {
        ObjectKey key = key(store.key());
        places.acquire();
        Instant begun = clock.instant();
        try {
            if (!settings.serves(store.spec().controller())) {
                return;
            }
            sessions.keepOnly(store);
            validated.put(store.key(), begun);
            StoreValidation.Verdict verdict = validation.judge(store);
            boolean changed = isChanged(store);
            if (changed) {
                listener.changed(store.key());
            }
            write(store, resource, verdict);
            tell(store, verdict, changed);
            schedule(key, store, verdict.ready());
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("store", store.key())
                    .addKeyValue("cause", KubernetesErrors.text(e))
                    .log("status of the store not written");
            queue.scheduleExactly(key, backoff.failed(key), Priority.RETRY);
        } catch (RuntimeException | StackOverflowError e) {
            // A defect must not take the store out of service. Its message may hold anything.
            StackTraceElement[] trace = e.getStackTrace();
            log.atError()
                    .addKeyValue("store", store.key())
                    .addKeyValue("failure", e.getClass().getName())
                    .addKeyValue("at", trace.length > 0 ? trace[0] : "")
                    .log("unexpected failure; trying again");
            queue.scheduleExactly(key, backoff.failed(key), Priority.RETRY);
        } finally {
            places.release();
            queue.done(key);
            metrics.reconciled(
                    kind(store.key()),
                    store.key().namespace(),
                    store.key().name(),
                    Duration.between(begun, clock.instant()));
        }
    }

    /**
     * The store with the verdict that was last found, which its watch may not have brought back
     * yet: whoever is told that it is ready must find it so.
     */
    Store withVerdict(Store store) {
        Seen known = seen.get(store.key());
        if (known == null) {
            return store;
        }
        // A verdict on an earlier spec says nothing of this one.
        return known.isOf(store)
                ? store.withVerdict(known.ready(), known.verdict())
                : store.withoutVerdict();
    }

    /** Validates the store again soon, because something that it refers to has changed. */
    void revalidate(StoreKey store) {
        queue.schedule(key(store), SOON, Priority.TRIGGER);
    }

    /** Validates the store again, because its backend did not answer; not more often than bears. */
    void doubt(StoreKey store) {
        Instant last = validated.getOrDefault(store, Instant.EPOCH);
        Instant earliest = last.plus(DOUBT_PAUSE);
        Instant soon = clock.instant().plus(SOON);
        queue.schedule(key(store), earliest.isAfter(soon) ? earliest : soon, Priority.RETRY);
    }

    /** The store is gone. */
    void forget(StoreKey store) {
        ObjectKey key = key(store);
        queue.remove(key);
        backoff.succeeded(key);
        seen.remove(store);
        validated.remove(store);
        sessions.forget(store);
        metrics.removed(kind(store), store.namespace(), store.name());
    }

    private void write(
            Store store,
            CustomResource<SecretStoreSpec, SecretStoreStatus> resource,
            StoreValidation.Verdict verdict) {
        SecretStoreStatus before = resource.getStatus();
        SecretStoreStatus after = validation.status(before, verdict);
        metrics.condition(
                kind(store.key()),
                store.key().namespace(),
                store.key().name(),
                StatusCondition.READY,
                verdict.ready() ? ConditionStatus.TRUE : ConditionStatus.FALSE);
        if (after.equals(before)) {
            return;
        }
        ObjectNode patch = mapper.createObjectNode();
        patch.set("status", mapper.valueToTree(after));
        client.resource(resource)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
        String component =
                store.key().kind() == StoreKind.SECRET_STORE
                        ? "secret-store"
                        : "cluster-secret-store";
        if (verdict.ready()) {
            events.normal(resource, component, verdict.reason(), verdict.message());
        } else {
            events.warning(resource, component, verdict.reason(), verdict.message());
        }
    }

    private boolean isChanged(Store store) {
        Seen before = seen.get(store.key());
        // One without a condition is new, and may replace another of its name.
        return before == null
                ? store.readiness() == Store.Readiness.UNDECIDED
                : !before.isOf(store);
    }

    private void tell(Store store, StoreValidation.Verdict verdict, boolean changed) {
        Seen now =
                new Seen(
                        store.uid(),
                        store.generation(),
                        store.fallback(),
                        verdict.ready(),
                        verdict.message());
        Seen before = seen.put(store.key(), now);
        // After a restart the condition that is there already tells what was known before it.
        boolean wasReady =
                before == null ? store.readiness() == Store.Readiness.READY : before.ready();
        if (changed || (now.ready() && !wasReady)) {
            listener.judged(store.key());
        }
    }

    private void schedule(ObjectKey key, Store store, boolean ready) {
        if (ready) {
            backoff.succeeded(key);
            queue.scheduleExactly(key, interval(store), Priority.PERIODIC);
        } else {
            queue.scheduleExactly(key, backoff.failed(key), Priority.RETRY);
        }
    }

    private Duration interval(Store store) {
        try {
            return store.spec().refreshEvery().orElse(settings.requeueInterval());
        } catch (DateTimeParseException e) {
            return settings.requeueInterval();
        }
    }

    private static ObjectKey key(StoreKey store) {
        return new ObjectKey(store.namespace(), store.name());
    }

    private static ObjectKind kind(StoreKey key) {
        return switch (key.kind()) {
            case SECRET_STORE -> ObjectKind.SECRET_STORE;
            case CLUSTER_SECRET_STORE -> ObjectKind.CLUSTER_SECRET_STORE;
        };
    }
}
