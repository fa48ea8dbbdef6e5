package dev.signet.operator.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds objects after dropping from them, in place, what nobody here reads.
 *
 * <p>In place, because the informer queues the same object for its handlers: a pruned copy would
 * leave the full object alive until the handlers have run, which at start is all objects at once.
 *
 * @param <T> the kind
 */
public final class PrunedItemStore<T extends HasMetadata> implements ItemStore<T> {

    private final ConcurrentMap<String, T> items = new ConcurrentHashMap<>();
    private final Consumer<T> prune;

    /**
     * @param prune drops fields of the object that it is given; must be idempotent, for an object
     *     may pass more than once
     */
    public PrunedItemStore(Consumer<T> prune) {
        this.prune = prune;
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable T put(String key, T object) {
        prune.accept(object);
        return items.put(key, object);
    }

    @Override
    public @Nullable T remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return items.values().stream();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable T get(String key) {
        return items.get(key);
    }
}
