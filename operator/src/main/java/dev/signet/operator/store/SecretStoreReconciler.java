package dev.signet.operator.store;

import dev.signet.api.store.SecretStore;
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

/** Validates SecretStores. */
public final class SecretStoreReconciler implements Reconciler<SecretStore>, AutoCloseable {

    private static final int AT_ONCE = 16;

    /** Many may ask at once, and one validation answers them all. */
    private static final Duration SOON = Duration.ofMillis(200);

    private final SimpleInboundEventSource<SecretStore> timers = new SimpleInboundEventSource<>();
    private final SyncQueue<ObjectKey> queue;
    private final StoreController controller;
    private volatile @Nullable IndexedResourceCache<SecretStore> cache;

    public SecretStoreReconciler(StoreParts parts, StoreSettings settings) {
        this.queue =
                new SyncQueue<>(
                        QueueSettings.of(AT_ONCE),
                        parts.clock(),
                        key -> timers.propagateEvent(new ResourceID(key.name(), key.namespace())));
        this.controller = new StoreController(parts, settings, queue);
    }

    @Override
    public List<EventSource<?, SecretStore>> prepareEventSources(
            EventSourceContext<SecretStore> context) {
        cache = context.getPrimaryCache();
        return List.of(timers);
    }

    @Override
    public UpdateControl<SecretStore> reconcile(SecretStore store, Context<SecretStore> context)
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
        IndexedResourceCache<SecretStore> known = cache;
        return known == null
                ? Optional.empty()
                : known.get(new ResourceID(key.name(), key.namespace()))
                        .map(Store::of)
                        .map(controller::withVerdict);
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
