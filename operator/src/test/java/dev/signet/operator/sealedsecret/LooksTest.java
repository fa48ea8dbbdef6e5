package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LooksTest {

    private static final ObjectKey A = new ObjectKey("n", "a");
    private static final ObjectKey B = new ObjectKey("n", "b");

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition);
    }

    @Test
    void whatIsAskedForWhileItIsLookedAtIsLookedAtOnceMore() {
        Semaphore go = new Semaphore(0);
        List<ObjectKey> seen = new CopyOnWriteArrayList<>();
        try (Looks looks =
                new Looks(
                        key -> {
                            seen.add(key);
                            go.acquireUninterruptibly();
                        },
                        4)) {
            looks.start(4);
            looks.ask(A, Duration.ZERO);
            await(() -> seen.size() == 1);
            for (int i = 0; i < 10; i++) {
                looks.ask(A, Duration.ZERO);
            }
            looks.ask(B, Duration.ZERO);
            await(() -> seen.contains(B));
            assertThat(seen).containsExactly(A, B);
            go.release(10);
            await(() -> looks.due() == 0);
        }
        assertThat(seen).containsExactly(A, B, A);
    }

    @Test
    void earlierAskWinsOverALaterOne() {
        List<ObjectKey> seen = new CopyOnWriteArrayList<>();
        try (Looks looks = new Looks(seen::add, 2)) {
            looks.start(2);
            looks.ask(A, Duration.ofHours(1));
            looks.ask(A, Duration.ZERO);
            looks.ask(A, Duration.ofHours(1));
            looks.ask(B, Duration.ofHours(1));
            await(() -> !seen.isEmpty());
            await(() -> looks.due() == 0);
        }
        assertThat(seen.getFirst()).isEqualTo(A);
        assertThat(seen).doesNotContain(B);
    }

    @Test
    void noObjectIsLookedAtByTwo() {
        Set<ObjectKey> under = ConcurrentHashMap.newKeySet();
        AtomicBoolean twice = new AtomicBoolean();
        AtomicInteger count = new AtomicInteger();
        try (Looks looks =
                new Looks(
                        key -> {
                            if (!under.add(key)) {
                                twice.set(true);
                            }
                            Thread.onSpinWait();
                            count.incrementAndGet();
                            under.remove(key);
                        },
                        8)) {
            looks.start(8);
            for (int i = 0; i < 5_000; i++) {
                looks.ask(i % 3 == 0 ? A : B, Duration.ZERO);
            }
            await(() -> looks.due() == 0);
        }
        assertThat(twice).isFalse();
        assertThat(count.get()).isPositive();
    }

    @Test
    void namespaceWithAThousandObjectsLeavesWorkersToOthers() {
        Semaphore go = new Semaphore(0);
        Set<ObjectKey> under = ConcurrentHashMap.newKeySet();
        try (Looks looks =
                new Looks(
                        key -> {
                            under.add(key);
                            go.acquireUninterruptibly();
                        },
                        3)) {
            for (int i = 0; i < 1_000; i++) {
                looks.ask(new ObjectKey("many", "o" + i), Duration.ZERO);
            }
            looks.start(4);
            await(() -> under.size() == 3);
            looks.ask(A, Duration.ZERO);

            await(() -> under.contains(A));

            assertThat(under).hasSize(4);
            go.release(2_000);
            await(() -> looks.due() == 0);
            assertThat(under).hasSize(1_001);
        }
    }

    @Test
    void whatALookThrowsEndsNoWorker() {
        AtomicInteger count = new AtomicInteger();
        try (Looks looks =
                new Looks(
                        key -> {
                            count.incrementAndGet();
                            throw new StackOverflowError();
                        },
                        2)) {
            looks.start(2);
            for (int i = 1; i <= 20; i++) {
                looks.ask(A, Duration.ZERO);
                int times = i;
                await(() -> count.get() == times && looks.due() == 0);
            }
        }
    }

    @Test
    void objectsThatAreAskedForAgainAndAgainTakeNoMoreRoom() {
        AtomicInteger count = new AtomicInteger();
        try (Looks looks =
                new Looks(
                        key -> {
                            count.incrementAndGet();
                        },
                        2)) {
            looks.start(2);
            for (int i = 0; i < 20_000; i++) {
                looks.ask(A, Duration.ofHours(1).minusMillis(i));
            }
            looks.ask(A, Duration.ZERO);
            await(() -> count.get() == 1);
            assertThat(looks.due()).isZero();
            assertThat(looks.entries()).isLessThan(3_000);
        }
    }

    @Test
    void looksStandStillWhenNoneOfTheDueIsTaken() {
        Semaphore go = new Semaphore(0);
        try (Looks looks = new Looks(key -> go.acquireUninterruptibly(), 1)) {
            looks.ask(A, Duration.ZERO);
            assertThat(looks.isGoingOn(Duration.ZERO)).isTrue();
            looks.start(1);
            await(() -> looks.due() == 1);
            looks.ask(B, Duration.ZERO);

            await(() -> !looks.isGoingOn(Duration.ZERO));

            assertThat(looks.isGoingOn(Duration.ofHours(1))).isTrue();
            go.release(2);
            await(() -> looks.due() == 0);
            assertThat(looks.isGoingOn(Duration.ZERO)).isTrue();
        }
    }
}
