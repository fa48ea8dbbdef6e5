package dev.signet.operator.store;

import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.SecretStoreStatus;
import dev.signet.operator.kube.Turns;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Priority;
import dev.signet.operator.refresh.QueueSettings;
import dev.signet.operator.refresh.SyncQueue;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the reconcilers of both kinds of store do, which the framework wants apart.
 *
 * @param <R> the kind
 */
final class StoreService<R extends CustomResource<SecretStoreSpec, SecretStoreStatus>> {

    private static final int AT_ONCE = 16;

    /** Longer than it takes to see that a store is gone. */
    private static final Duration AFTER_DELETION = Duration.ofSeconds(1);

    private final Turns<R> turns = new Turns<>("turns");
    private final SyncQueue<ObjectKey> queue;
    private final StoreController controller;
    private final Function<R, Store> view;
    private volatile @Nullable IndexedResourceCache<R> cache;

    /**
     * @param view the store in a manifest of this kind
     */
    StoreService(StoreParts parts, StoreSettings settings, Function<R, Store> view) {
        this.view = view;
        this.queue = new SyncQueue<>(QueueSettings.of(AT_ONCE), parts.clock(), this::grant);
        this.controller = new StoreController(parts, settings, queue);
    }

    List<EventSource<?, R>> prepare(EventSourceContext<R> context) {
        IndexedResourceCache<R> known = context.getPrimaryCache();
        cache = known;
        turns.of(known::get);
        return List.of(turns);
    }

    UpdateControl<R> reconcile(R store, Context<R> context) throws InterruptedException {
        Store seen = view.apply(store);
        if (context.isPrimaryResourceDeleted()) {
            controller.forget(seen.key());
            // Another of that name may have been made meanwhile.
            queue.schedule(
                    new ObjectKey(seen.key().namespace(), seen.key().name()),
                    AFTER_DELETION,
                    Priority.NEW);
        } else {
            controller.reconcile(seen, store);
        }
        return UpdateControl.noUpdate();
    }

    Optional<Store> find(StoreKey key) {
        IndexedResourceCache<R> known = cache;
        return known == null
                ? Optional.empty()
                : known.get(id(key.namespace(), key.name())).map(view).map(controller::withVerdict);
    }

    void start() {
        queue.start();
    }

    void revalidate(StoreKey key) {
        controller.revalidate(key);
    }

    void doubt(StoreKey key) {
        controller.doubt(key);
    }

    void close() {
        queue.close();
    }

    private void grant(ObjectKey key) {
        if (!turns.give(id(key.namespace(), key.name()))) {
            queue.done(key);
        }
    }

    private static ResourceID id(String namespace, String name) {
        return namespace.isEmpty() ? new ResourceID(name) : new ResourceID(name, namespace);
    }
}
