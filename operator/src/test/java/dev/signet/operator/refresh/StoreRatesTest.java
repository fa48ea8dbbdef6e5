package dev.signet.operator.refresh;

import static dev.signet.operator.refresh.Priority.PERIODIC;
import static dev.signet.operator.refresh.Priority.RETRY;
import static dev.signet.operator.refresh.Priority.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.operator.refresh.StoreRates.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreRatesTest {

    private final ManualTime time = new ManualTime();
    private final List<String> handed = new ArrayList<>();
    private Rate slow = new Rate(2, 3);

    /** Keys are named store:object; only the store "slow" is bounded. */
    private final SyncQueue<String> queue =
            new SyncQueue<>(
                    QueueSettings.<String>of(100_000)
                            .withStoreRates(
                                    key -> key.substring(0, key.indexOf(':')),
                                    store -> store.equals("slow") ? slow : Rate.UNLIMITED),
                    time,
                    time::nanos,
                    handed::add);

    @Test
    void letsABurstPassThenTheLongRunRate() {
        for (int i = 0; i < 20; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, PERIODIC);
        }
        assertThat(queue.drainDue()).isEqualTo(3);

        time.pass(Duration.ofMillis(499));
        assertThat(queue.drainDue()).isZero();
        time.pass(Duration.ofMillis(1));
        assertThat(queue.drainDue()).isOne();
        time.pass(Duration.ofSeconds(1));
        assertThat(queue.drainDue()).isEqualTo(2);
    }

    @Test
    void boundedStoreHoldsUpNoOther() {
        for (int i = 0; i < 10; i++) {
            queue.schedule("slow:" + i, time.instant().minusSeconds(5), PERIODIC);
            queue.schedule("fast:" + i, Duration.ZERO, PERIODIC);
        }
        queue.drainDue();

        assertThat(handed.stream().filter(key -> key.startsWith("fast"))).hasSize(10);
        assertThat(handed.stream().filter(key -> key.startsWith("slow"))).hasSize(3);
    }

    @Test
    void triggersAreNotBounded() {
        for (int i = 0; i < 10; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, TRIGGER);
        }
        assertThat(queue.drainDue()).isEqualTo(10);
    }

    @Test
    void retryOvertakesRefreshesOfItsStoreThatWaitForTheRate() {
        for (int i = 0; i < 10; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, PERIODIC);
        }
        queue.drainDue();
        handed.clear();
        queue.schedule("slow:retry", Duration.ZERO, RETRY);
        time.pass(Duration.ofSeconds(1));

        queue.drainDue();

        assertThat(handed).containsExactly("slow:retry", "slow:3");
    }

    @Test
    void waitingForTheRateDoesNotSaveTokensBeyondTheBurst() {
        time.pass(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, PERIODIC);
        }
        assertThat(queue.drainDue()).isEqualTo(3);
    }

    @Test
    void changedRateTakesEffect() {
        for (int i = 0; i < 50; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, PERIODIC);
        }
        queue.drainDue();
        slow = Rate.UNLIMITED;
        time.pass(Duration.ofMillis(500));

        assertThat(queue.drainDue()).isEqualTo(47);
    }

    @Test
    void removedEntryGivesWayToTheNextOfItsStore() {
        for (int i = 0; i < 5; i++) {
            queue.schedule("slow:" + i, Duration.ZERO, PERIODIC);
        }
        queue.drainDue();
        queue.remove("slow:3");
        time.pass(Duration.ofMillis(500));
        queue.drainDue();

        assertThat(handed).containsExactly("slow:0", "slow:1", "slow:2", "slow:4");
    }

    @Test
    void brokenStoreLookupStopsNothing() {
        queue.schedule("no store in this key", Duration.ZERO, PERIODIC);

        assertThat(queue.drainDue()).isOne();
    }

    @Test
    void storesThatAreNoLongerUsedAreForgotten() {
        Lanes<String> lanes = new Lanes<>(key -> key, store -> new Rate(1, 1));
        for (int i = 0; i < 10_000; i++) {
            long now = i * 1_000_000_000L;
            Entry<String> entry = new Entry<>("store-" + i, now, PERIODIC, i);
            lanes.add(entry, now);
            lanes.landed(lanes.take(entry, now));
        }
        assertThat(lanes.stores()).isLessThan(200);
    }

    @Test
    void refusesRatesThatWouldNeverPass() {
        assertThatThrownBy(() -> new Rate(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
