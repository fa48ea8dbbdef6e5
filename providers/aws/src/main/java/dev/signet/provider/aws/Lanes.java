package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/** Does single reads beside one another, a few at a time for a session. */
final class Lanes {

    /** Enough to hide the latency, few enough not to trip a rate limit. */
    private static final int WIDTH = 8;

    private final Semaphore places = new Semaphore(WIDTH);

    /** One read. */
    @FunctionalInterface
    interface Read<K, V> {
        ReadOutcome<V> of(K key) throws InterruptedException;
    }

    /** Begins a read. */
    <V> CompletableFuture<ReadOutcome<V>> start(Retries.Try<V> read) {
        CompletableFuture<ReadOutcome<V>> end = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("aws-single")
                .start(() -> {
                    places.acquireUninterruptibly();
                    ReadOutcome<V> outcome = new ReadOutcome.Unavailable<>("the read ended early");
                    try {
                        outcome = read.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        outcome = Outcomes.unexpected(e);
                    } finally {
                        places.release();
                        end.complete(outcome);
                    }
                });
        return end;
    }

    /** The outcome for each key, in the order of the keys. */
    <K, V> Map<K, ReadOutcome<V>> all(List<K> keys, Read<K, V> read) throws InterruptedException {
        Map<K, CompletableFuture<ReadOutcome<V>>> running = new LinkedHashMap<>();
        keys.forEach(key -> running.put(key, start(() -> read.of(key))));
        return awaited(running);
    }

    /** All of these, when they have ended. */
    static <K, V> Map<K, ReadOutcome<V>> awaited(Map<K, CompletableFuture<ReadOutcome<V>>> running)
            throws InterruptedException {
        Map<K, ReadOutcome<V>> outcomes = new LinkedHashMap<>();
        for (var one : running.entrySet()) {
            try {
                outcomes.put(one.getKey(), one.getValue().get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a read ends with an outcome", e);
            }
        }
        return outcomes;
    }
}
