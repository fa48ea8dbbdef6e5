package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Looks that last until they are told to end. */
    private static final class Looks {

        final List<String> begun = new CopyOnWriteArrayList<>();
        final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
        final AtomicInteger interrupted = new AtomicInteger();

        void look(ObjectKey key) {
            CountDownLatch end = ends.computeIfAbsent(key.name(), any -> new CountDownLatch(1));
            begun.add(key.name());
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            } finally {
                ends.remove(key.name());
            }
        }

        void end(String name) {
            await().atMost(PATIENCE).until(() -> ends.containsKey(name));
            ends.get(name).countDown();
        }

        void awaitBegun(String... names) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(begun).containsExactlyInAnyOrder(names));
        }
    }

    private final Looks looks = new Looks();

    @Test
    void oneStoreLeavesAQuarterToTheOthers() {
        try (Places places = open(4)) {
            for (String name : List.of("a", "b", "c", "d")) {
                places.ask(key(name), "frozen");
            }
            looks.awaitBegun("a", "b", "c");

            places.ask(key("x"), "other");
            looks.awaitBegun("a", "b", "c", "x");

            looks.end("x");
            looks.end("a");
            looks.awaitBegun("a", "b", "c", "x", "d");
        }
    }

    @Test
    void severalStoresThatHoldOnLeavePlacesToTheOthers() {
        AtomicInteger well = new AtomicInteger();
        try (Places places =
                new Places(
                        32,
                        key -> {
                            if (key.name().startsWith("well")) {
                                well.incrementAndGet();
                            } else {
                                looks.look(key);
                            }
                        })) {
            places.open();
            for (String frozen : List.of("a", "b", "c")) {
                for (int i = 0; i < 40; i++) {
                    places.ask(key(frozen + i), frozen);
                }
            }
            for (int i = 0; i < 1_000; i++) {
                places.ask(key("well" + i), "well");
            }
            await().atMost(PATIENCE).until(() -> well.get() == 1_000);
        }
    }

    @Test
    void theStoreWithTheFewestPlacesIsNext() {
        try (Places places = open(4)) {
            for (String name : List.of("a", "b", "c")) {
                places.ask(key(name), "much");
            }
            places.ask(key("x"), "little");
            looks.awaitBegun("a", "b", "c", "x");
            places.ask(key("d"), "much");
            places.ask(key("y"), "new");

            looks.end("x");

            looks.awaitBegun("a", "b", "c", "x", "y");
        }
    }

    @Test
    void manyOfManyStoresAllHaveTheirLook() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<ObjectKey> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(2_000);
        try (Places places =
                new Places(
                        8,
                        key -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            LockSupport.parkNanos(1);
                            inside.decrementAndGet();
                            seen.add(key);
                            done.countDown();
                        })) {
            places.open();
            for (int i = 0; i < 2_000; i++) {
                places.ask(key("o" + i), "store-" + i % 30);
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isLessThanOrEqualTo(8);
            assertThat(seen).hasSize(2_000);
            assertThat(places.takeAll(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anObjectThatIsAskedForWhileItWaitsIsLookedAtOnce() {
        try (Places places = open(1)) {
            places.ask(key("first"), "a");
            looks.awaitBegun("first");
            places.ask(key("twice"), "a");
            places.ask(key("twice"), "a");
            places.ask(key("last"), "a");

            looks.end("first");
            looks.end("twice");

            looks.awaitBegun("first", "twice", "last");
        }
    }

    @Test
    void anObjectThatIsAskedForWhileItIsLookedAtIsLookedAtAgainAfterwards() {
        try (Places places = open(4)) {
            places.ask(key("busy"), "a");
            looks.awaitBegun("busy");
            places.ask(key("busy"), "a");
            places.ask(key("busy"), "b");
            places.ask(key("other"), "a");
            looks.awaitBegun("busy", "other");

            looks.end("busy");

            looks.awaitBegun("busy", "other", "busy");
        }
    }

    @Test
    void anObjectThatUsesAnotherStoreNowDoesNotWaitBehindTheOldOne() {
        try (Places places = open(4)) {
            for (String name : List.of("a", "b", "c", "d", "moved")) {
                places.ask(key(name), "frozen");
            }
            looks.awaitBegun("a", "b", "c");

            places.ask(key("moved"), "well");

            looks.awaitBegun("a", "b", "c", "moved");
        }
    }

    @Test
    void nobodyIsLetInBeforeItOpensNorAfterItCloses() throws Exception {
        try (Places places = new Places(2, looks::look)) {
            places.ask(key("early"), "a");
            assertThat(looks.begun).isEmpty();
            places.open();
            looks.awaitBegun("early");

            assertThat(places.takeAll(1, TimeUnit.MILLISECONDS)).isFalse();
            places.ask(key("late"), "a");
            looks.end("early");

            assertThat(places.takeAll(30, TimeUnit.SECONDS)).isTrue();
            assertThat(looks.begun).containsExactly("early");
        }
    }

    @Test
    void closingInterruptsWhatHoldsOn() {
        Places places = open(2);
        places.ask(key("stuck"), "a");
        looks.awaitBegun("stuck");

        places.close();

        await().atMost(PATIENCE).until(() -> looks.interrupted.get() == 1);
    }

    private Places open(int count) {
        Places places = new Places(count, looks::look);
        places.open();
        return places;
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("ns", name);
    }
}
