package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
