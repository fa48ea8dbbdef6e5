package dev.signet.operator.store;

import dev.signet.api.store.ClusterSecretStore;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Priority;
import dev.signet.operator.refresh.QueueSettings;
import dev.signet.operator.refresh.SyncQueue;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates ClusterSecretStores. */
public final class ClusterSecretStoreReconciler
        implements Reconciler<ClusterSecretStore>, AutoCloseable {

    private static final int AT_ONCE = 16;

    /** Many may ask at once, and one validation answers them all. */
    private static final Duration SOON = Duration.ofMillis(200);

    private final SimpleInboundEventSource<ClusterSecretStore> timers =
            new SimpleInboundEventSource<>();
    private final SyncQueue<ObjectKey> queue;
    private final StoreController controller;
    private volatile @Nullable IndexedResourceCache<ClusterSecretStore> cache;

    public ClusterSecretStoreReconciler(StoreParts parts, StoreSettings settings) {
        this.queue =
                new SyncQueue<>(
                        QueueSettings.of(AT_ONCE),
                        parts.clock(),
                        key -> timers.propagateEvent(new ResourceID(key.name())));
        this.controller = new StoreController(parts, settings, queue);
    }

    @Override
    public List<EventSource<?, ClusterSecretStore>> prepareEventSources(
            EventSourceContext<ClusterSecretStore> context) {
        cache = context.getPrimaryCache();
        return List.of(timers);
    }

    @Override
    public UpdateControl<ClusterSecretStore> reconcile(
            ClusterSecretStore store, Context<ClusterSecretStore> context)
            throws InterruptedException {
        Store seen = Store.of(store);
        if (context.isPrimaryResourceDeleted()) {
            controller.forget(seen.key());
        } else {
            controller.reconcile(seen, store);
        }
        return UpdateControl.noUpdate();
    }

    /**
     * The store of this name, as the watch last reported it, with the verdict that was last found.
     */
    public Optional<Store> find(StoreKey key) {
        IndexedResourceCache<ClusterSecretStore> known = cache;
        return known == null
                ? Optional.empty()
                : known.get(new ResourceID(key.name())).map(Store::of).map(controller::withVerdict);
    }

    /** Starts the schedule of validations; to be called when the watches are in sync. */
    public void start() {
        queue.start();
    }

    /** Validates the store again soon, because something about it has changed. */
    public void revalidate(StoreKey key) {
        queue.schedule(new ObjectKey(key.namespace(), key.name()), SOON, Priority.TRIGGER);
    }

    @Override
    public void close() {
        queue.close();
    }
}
