package dev.signet.operator.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SyncQueueThreadsTest {

    @Test
    void wakesForAnEntryThatIsDueBeforeTheOneItWaitsFor() throws Exception {
        LinkedBlockingQueue<String> handed = new LinkedBlockingQueue<>();
        try (SyncQueue<String> queue =
                new SyncQueue<>(QueueSettings.of(1), Clock.systemUTC(), handed::add)) {
            queue.start();
            queue.schedule("hour", Duration.ofHours(1), Priority.PERIODIC);
            queue.schedule("now", Duration.ZERO, Priority.PERIODIC);
            assertThat(handed.poll(10, TimeUnit.SECONDS)).isEqualTo("now");

            queue.schedule("place", Duration.ZERO, Priority.PERIODIC);
            assertThat(handed.poll(50, TimeUnit.MILLISECONDS)).isNull();
            queue.done("now");
            assertThat(handed.poll(10, TimeUnit.SECONDS)).isEqualTo("place");
        }
    }

    @Test
    void closeEndsTheThreadEvenFromWithinTheReceiver() throws Exception {
        AtomicReference<SyncQueue<String>> self = new AtomicReference<>();
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        SyncQueue<String> queue =
                new SyncQueue<>(
                        QueueSettings.of(1),
                        Clock.systemUTC(),
                        key -> {
                            thread.set(Thread.currentThread());
                            self.get().close();
                            closed.countDown();
                        });
        self.set(queue);
        queue.start();
        queue.schedule("a", Duration.ZERO, Priority.TRIGGER);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.get().join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void manyThreadsNeverExceedTheBoundsAndLoseNoTrigger() throws Exception {
        int maxInFlight = 8;
        int maxUrgent = 16;
        Flow flow = new Flow(maxInFlight, maxUrgent);
        Set<String> expected = ConcurrentHashMap.newKeySet();
        try (SyncQueue<String> queue = flow.start();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 16; t++) {
                int thread = t;
                callers.execute(() -> scheduleMany(queue, thread, expected));
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            flow.awaitAll(expected);
        }
        assertThat(flow.worstUrgent.get()).isBetween(1, maxUrgent);
        assertThat(flow.worstBackground.get()).isBetween(1, maxInFlight);
        assertThat(flow.handed).containsAll(expected);
    }

    private static void scheduleMany(SyncQueue<String> queue, int thread, Set<String> expected) {
        SplittableRandom random = new SplittableRandom(thread);
        for (int i = 0; i < 1_000; i++) {
            String key = "shared-" + random.nextInt(500);
            String own = "-" + thread + "-" + i;
            switch (random.nextInt(5)) {
                case 0 -> queue.schedule(key, Duration.ofMillis(i % 20), Priority.PERIODIC);
                case 1 -> queue.scheduleExactly(key, Duration.ofHours(1), Priority.PERIODIC);
                case 2 -> queue.remove("removed-" + key);
                case 3 -> {
                    expected.add("periodic" + own);
                    queue.schedule("periodic" + own, Duration.ofMillis(9), Priority.PERIODIC);
                }
                default -> {
                    expected.add("urgent" + own);
                    queue.schedule(
                            "urgent" + own,
                            Duration.ofMillis(random.nextInt(50)),
                            Priority.TRIGGER);
                    queue.schedule("urgent" + own, Duration.ofHours(1), Priority.PERIODIC);
                }
            }
        }
    }

    @Test
    void hundredThousandKeysPassInOrderAndWithoutQuadraticWork() {
        ManualTime time = new ManualTime();
        List<Integer> handed = new ArrayList<>();
        SyncQueue<Integer> queue =
                new SyncQueue<>(
                        QueueSettings.<Integer>of(200_000)
                                .withStoreRates(key -> "s" + key % 50, StoreRates.UNLIMITED),
                        time,
                        time::nanos,
                        handed::add);
        int n = 100_000;
        for (int i = 0; i < n; i++) {
            queue.schedule((i * 7919) % n, Duration.ofMillis((i * 7919) % n), Priority.PERIODIC);
        }
        for (int i = 0; i < n; i++) {
            queue.scheduleExactly(i, Duration.ofMillis(i), Priority.PERIODIC);
        }
        time.pass(Duration.ofMillis(n));
        queue.drainDue();

        assertThat(handed).hasSize(n).isSorted();
    }

    /** Workers that finish what they are handed, and count how much of it there is at once. */
    private static final class Flow {

        final Set<String> handed = ConcurrentHashMap.newKeySet();
        final AtomicInteger worstUrgent = new AtomicInteger();
        final AtomicInteger worstBackground = new AtomicInteger();
        private final AtomicInteger urgent = new AtomicInteger();
        private final AtomicInteger background = new AtomicInteger();
        private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicReference<SyncQueue<String>> queue = new AtomicReference<>();
        private final QueueSettings<String> settings;

        Flow(int maxInFlight, int maxUrgent) {
            settings =
                    QueueSettings.<String>of(maxInFlight)
                            .withMaxUrgentInFlight(maxUrgent)
                            .withSafetyTime(Duration.ofMinutes(10));
        }

        SyncQueue<String> start() {
            SyncQueue<String> made = new SyncQueue<>(settings, Clock.systemUTC(), this::take);
            queue.set(made);
            made.start();
            return made;
        }

        private void take(String key) {
            // Shared keys may overlap with themselves on one place, so they are not counted.
            if (key.startsWith("urgent")) {
                fly(key, urgent, worstUrgent);
            } else if (key.startsWith("periodic")) {
                fly(key, background, worstBackground);
            } else {
                fly(key, new AtomicInteger(), new AtomicInteger());
            }
        }

        private void fly(String key, AtomicInteger flying, AtomicInteger worst) {
            worst.accumulateAndGet(flying.incrementAndGet(), Math::max);
            workers.execute(() -> {
                handed.add(key);
                flying.decrementAndGet();
                queue.get().done(key);
            });
        }

        void awaitAll(Set<String> keys) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!handed.containsAll(keys) && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            workers.shutdown();
        }
    }
}
