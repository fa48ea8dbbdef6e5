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
                new Looks(key -> {
                    seen.add(key);
                    go.acquireUninterruptibly();
                })) {
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
        try (Looks looks = new Looks(seen::add)) {
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
                new Looks(key -> {
                    if (!under.add(key)) {
                        twice.set(true);
                    }
                    Thread.onSpinWait();
                    count.incrementAndGet();
                    under.remove(key);
                })) {
            looks.start(8);
            for (int i = 0; i < 5_000; i++) {
                looks.ask(i % 3 == 0 ? A : B, Duration.ZERO);
            }
            await(() -> looks.due() == 0);
        }
        assertThat(twice).isFalse();
        assertThat(count.get()).isPositive();
    }
}
