package dev.signet.operator.store;

import dev.signet.api.store.SecretStore;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;

/** Validates SecretStores. */
public final class SecretStoreReconciler implements Reconciler<SecretStore>, AutoCloseable {

    private final StoreService<SecretStore> service;

    public SecretStoreReconciler(StoreParts parts, StoreSettings settings) {
        this.service = new StoreService<>(parts, settings, Store::of);
    }

    @Override
    public List<EventSource<?, SecretStore>> prepareEventSources(
            EventSourceContext<SecretStore> context) {
        return service.prepare(context);
    }

    @Override
    public UpdateControl<SecretStore> reconcile(SecretStore store, Context<SecretStore> context)
            throws InterruptedException {
        return service.reconcile(store, context);
    }

    /**
     * The store of this name, as the watch last reported it, with the verdict that was last found.
     */
    public Optional<Store> find(StoreKey key) {
        return service.find(key);
    }

    /** Starts the schedule of validations; to be called when the watches are in sync. */
    public void start() {
        service.start();
    }

    /** Validates the store again soon, because something that it refers to has changed. */
    public void revalidate(StoreKey key) {
        service.revalidate(key);
    }

    /** Validates the store again, because its backend did not answer; every ten seconds at most. */
    public void doubt(StoreKey key) {
        service.doubt(key);
    }

    @Override
    public void close() {
        service.close();
    }
}
