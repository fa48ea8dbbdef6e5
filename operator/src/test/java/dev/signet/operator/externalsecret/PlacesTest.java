package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlacesTest {

    @Test
    void oneStoreLeavesAQuarterToTheOthers() throws Exception {
        Places places = new Places(4);
        for (int i = 0; i < 3; i++) {
            places.enter("frozen");
        }
        CountDownLatch entered = new CountDownLatch(1);
        Thread fourth = Thread.ofVirtual().start(() -> enter(places, "frozen", entered));

        places.enter("other");

        assertThat(entered.getCount()).isOne();
        places.leave("other");
        places.leave("frozen");
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        fourth.join();
    }

    @Test
    void severalStoresThatHoldOnLeavePlacesToTheOthers() throws Exception {
        Places places = new Places(32);
        CountDownLatch never = new CountDownLatch(1);
        List<Thread> waiting = new ArrayList<>();
        for (String frozen : List.of("a", "b", "c")) {
            for (int i = 0; i < 40; i++) {
                waiting.add(Thread.ofVirtual().start(() -> enter(places, frozen, never)));
            }
        }

        for (int i = 0; i < 1_000; i++) {
            places.enter("well");
            places.leave("well");
        }

        waiting.forEach(Thread::interrupt);
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void whoHasTheFewestPlacesIsNext() throws Exception {
        Places places = new Places(4);
        for (int i = 0; i < 3; i++) {
            places.enter("much");
        }
        places.enter("little");
        CountDownLatch more = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> enter(places, "much", more));
        Thread.ofVirtual().start(() -> enter(places, "new", first));

        places.leave("little");

        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(more.getCount()).isOne();
    }

    @Test
    void manyThreadsOfManyStoresAllGetTheirTurn() throws Exception {
        Places places = new Places(8);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            String store = "store-" + i % 30;
            Thread.ofVirtual()
                    .start(() -> {
                        enter(places, store, new CountDownLatch(1));
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1);
                        inside.decrementAndGet();
                        places.leave(store);
                        done.countDown();
                    });
        }
        assertThat(done.await(25, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(places.takeAll(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSinglePlaceServesAll() throws Exception {
        Places places = new Places(1);
        places.enter("a");
        places.leave("a");
        places.enter("b");
        assertThat(places.takeAll(1, TimeUnit.MILLISECONDS)).isFalse();
        places.leave("b");
        assertThat(places.takeAll(1, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void whoGivesUpWaitingTakesNoPlace() throws Exception {
        Places places = new Places(1);
        places.enter("a");
        Thread waiting = Thread.ofVirtual().start(() -> enter(places, "a", new CountDownLatch(1)));
        waiting.interrupt();
        waiting.join();
        places.leave("a");
        assertThat(places.takeAll(1, TimeUnit.MILLISECONDS)).isTrue();
    }

    private static void enter(Places places, String store, CountDownLatch entered) {
        try {
            places.enter(store);
            entered.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
