package dev.signet.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Does the same for many, several at once. */
final class Parallel {

    private Parallel() {}

    /**
     * Calls {@code task} with each number from {@code from} to below {@code to}, and returns when
     * all are done. The first failure ends it.
     */
    static void each(int from, int to, int atOnce, IntConsumer task) {
        AtomicInteger next = new AtomicInteger(from);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                all.add(
                        threads.submit(() -> {
                            for (int at = next.getAndIncrement();
                                    at < to;
                                    at = next.getAndIncrement()) {
                                task.accept(at);
                            }
                        }));
            }
            for (Future<?> one : all) {
                await(one, next, to);
            }
        }
    }

    private static void await(Future<?> one, AtomicInteger next, int to) {
        try {
            one.get();
        } catch (ExecutionException e) {
            next.set(to);
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new BenchException("a call failed", e);
        } catch (InterruptedException e) {
            next.set(to);
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
