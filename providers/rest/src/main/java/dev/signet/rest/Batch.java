package dev.signet.rest;

import dev.signet.provider.ReadOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does several reads at once, a few at a time. When the server turns out to be out of reach, what
 * is left is answered without asking again.
 */
public final class Batch {

    /** Enough to hide the latency of a distant server, few enough not to trip a rate limit. */
    private static final int WIDTH = 6;

    /** One read. */
    @FunctionalInterface
    public interface Read<K, V> {

        /** Its outcome. */
        ReadOutcome<V> of(K key) throws InterruptedException;
    }

    private final Wire<?> wire;

    /** Reads over a wire. */
    public Batch(Wire<?> wire) {
        this.wire = wire;
    }

    /** The outcome for each key, in the order of the keys. */
    public <K, V> Map<K, ReadOutcome<V>> all(Set<K> keys, Read<K, V> read)
            throws InterruptedException {
        Map<K, ReadOutcome<V>> outcomes = new LinkedHashMap<>();
        if (keys.size() <= 1) {
            for (K key : keys) {
                outcomes.put(key, read.of(key));
            }
            return outcomes;
        }
        long start = System.nanoTime();
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        Math.min(WIDTH, keys.size()), Thread.ofVirtual().factory());
        try {
            List<K> order = List.copyOf(keys);
            List<Future<ReadOutcome<V>>> running =
                    order.stream().map(key -> threads.submit(() -> one(key, read, start))).toList();
            for (int i = 0; i < order.size(); i++) {
                outcomes.put(order.get(i), running.get(i).get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a read ends with an outcome", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private <K, V> ReadOutcome<V> one(K key, Read<K, V> read, long start)
            throws InterruptedException {
        Optional<String> down = wire.unreachableSince(start);
        return down.isPresent() ? new ReadOutcome.Unavailable<>(down.get()) : read.of(key);
    }
}
