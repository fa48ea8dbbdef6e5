package dev.signet.operator.sealedsecret.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells of the changes of each namespace at most once a second: the first at once, and those that
 * follow as one. Each leads to reads of all that use them, and who may change a SealedSecret may do
 * so many times a second. Returns at once, and tells on other threads.
 */
final class Coalesced implements Consumer<String> {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<String> listener;
    private final Executor now;
    private final Executor later;

    /** Those that were told of lately; whether they changed since. */
    private final Map<String, Boolean> lately = new ConcurrentHashMap<>();

    Coalesced(Consumer<String> listener, Executor now, Executor later) {
        this.listener = listener;
        this.now = now;
        this.later = later;
    }

    static Coalesced of(Consumer<String> listener) {
        Executor threads = Executors.newVirtualThreadPerTaskExecutor();
        return new Coalesced(
                listener,
                threads,
                CompletableFuture.delayedExecutor(
                        PAUSE.toMillis(), TimeUnit.MILLISECONDS, threads));
    }

    @Override
    public void accept(String namespace) {
        if (lately.merge(namespace, false, (old, first) -> true)) {
            return;
        }
        now.execute(() -> tell(namespace));
    }

    private void tell(String namespace) {
        try {
            listener.accept(namespace);
        } finally {
            later.execute(() -> {
                // Forgotten, unless it changed meanwhile.
                if (lately.computeIfPresent(namespace, (same, changed) -> changed ? false : null)
                        != null) {
                    tell(namespace);
                }
            });
        }
    }
}
