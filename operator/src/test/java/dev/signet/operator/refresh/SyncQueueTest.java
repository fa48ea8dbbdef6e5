package dev.signet.operator.refresh;

import static dev.signet.operator.refresh.Priority.NEW;
import static dev.signet.operator.refresh.Priority.PERIODIC;
import static dev.signet.operator.refresh.Priority.RETRY;
import static dev.signet.operator.refresh.Priority.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncQueueTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final List<String> handed = new ArrayList<>();
    private SyncQueue<String> queue = queue(QueueSettings.of(2));

    private SyncQueue<String> queue(QueueSettings<String> settings) {
        return new SyncQueue<>(settings, time, time::nanos, handed::add);
    }

    @Test
    void handsOnNothingBeforeItIsDue() {
        queue.schedule("a", MINUTE, PERIODIC);
        time.pass(MINUTE.minusMillis(1));
        assertThat(queue.drainDue()).isZero();

        time.pass(Duration.ofMillis(1));
        queue.drainDue();

        assertThat(handed).containsExactly("a");
        assertThat(queue.size()).isZero();
    }

    @Test
    void ordersDueEntriesByPriorityThenByDueTime() {
        queue = queue(QueueSettings.of(10));
        queue.schedule("periodic-late", time.instant().minusSeconds(1), PERIODIC);
        queue.schedule("periodic-early", time.instant().minusSeconds(2), PERIODIC);
        queue.schedule("retry", NOW, RETRY);
        queue.schedule("new", NOW, NEW);
        queue.schedule("trigger-late", time.instant().minusSeconds(1), TRIGGER);
        queue.schedule("trigger-early", time.instant().minusSeconds(3), TRIGGER);

        queue.drainDue();

        assertThat(handed)
                .containsExactly(
                        "trigger-early",
                        "trigger-late",
                        "new",
                        "retry",
                        "periodic-early",
                        "periodic-late");
    }

    @Test
    void keepsOneEntryForEachKey() {
        for (int i = 0; i < 1000; i++) {
            queue.schedule("a", NOW, i % 2 == 0 ? TRIGGER : PERIODIC);
        }
        assertThat(queue.size()).isOne();

        queue.drainDue();

        assertThat(handed).containsExactly("a");
    }

    @Test
    void laterPeriodicScheduleOverridesNeitherAnEarlierNorAHigherOne() {
        queue.schedule("earlier", MINUTE, PERIODIC);
        queue.schedule("earlier", HOUR, PERIODIC);
        queue.schedule("higher", MINUTE, RETRY);
        queue.schedule("higher", NOW, PERIODIC);

        queue.drainDue();
        assertThat(handed).isEmpty();

        time.pass(MINUTE);
        queue.drainDue();
        assertThat(handed).containsExactly("higher", "earlier");
    }

    @Test
    void triggerBringsAPendingRefreshForward() {
        queue.schedule("a", HOUR, PERIODIC);
        queue.schedule("a", NOW, TRIGGER);

        queue.drainDue();

        assertThat(handed).containsExactly("a");
        time.pass(HOUR.multipliedBy(2));
        assertThat(queue.drainDue()).isZero();
    }

    @Test
    void newObjectThatIsDueSoonerBringsADelayedTriggerForward() {
        queue.schedule("a", MINUTE, TRIGGER);
        queue.schedule("a", NOW, NEW);

        queue.drainDue();

        assertThat(handed).containsExactly("a");
    }

    @Test
    void finishedSyncReplacesAnEarlierRefresh() {
        queue.schedule("a", MINUTE, RETRY);
        queue.scheduleExactly("a", HOUR, PERIODIC);

        time.pass(MINUTE);
        assertThat(queue.drainDue()).isZero();
        time.pass(HOUR);
        assertThat(queue.drainDue()).isOne();
    }

    @Test
    void finishedSyncDoesNotSwallowATriggerThatCameMeanwhile() {
        queue.schedule("a", NOW, NEW);
        queue.drainDue();
        queue.schedule("a", Duration.ofSeconds(2), TRIGGER);
        queue.scheduleExactly("a", HOUR, PERIODIC);
        queue.done("a");

        time.pass(Duration.ofSeconds(2));
        queue.drainDue();

        assertThat(handed).containsExactly("a", "a");
    }

    @Test
    void removedKeyIsForgottenWhereverItWaits() {
        queue.schedule("waiting", MINUTE, PERIODIC);
        queue.schedule("due", NOW, PERIODIC);
        queue.schedule("urgent", NOW, TRIGGER);
        assertThat(queue.due()).isEqualTo(2);

        queue.remove("waiting");
        queue.remove("due");
        queue.remove("urgent");
        queue.remove("never-seen");

        time.pass(HOUR);
        assertThat(queue.drainDue()).isZero();
        assertThat(queue.size()).isZero();
    }

    @Test
    void holdsRefreshesBackWhileTheirPlacesAreTaken() {
        for (int i = 0; i < 5; i++) {
            queue.schedule("p" + i, NOW, PERIODIC);
        }
        assertThat(queue.drainDue()).isEqualTo(2);
        assertThat(queue.due()).isEqualTo(3);
        assertThat(queue.inFlight()).isEqualTo(2);

        queue.done("p0");
        assertThat(queue.drainDue()).isOne();
        queue.done("p0");
        assertThat(queue.drainDue()).isZero();

        assertThat(handed).containsExactly("p0", "p1", "p2");
    }

    @Test
    void triggersAndNewObjectsPassWhileRefreshesAreHeldBack() {
        for (int i = 0; i < 5; i++) {
            queue.schedule("p" + i, NOW, PERIODIC);
        }
        queue.drainDue();
        handed.clear();
        queue.schedule("changed", NOW, TRIGGER);
        queue.schedule("new", NOW, NEW);

        queue.drainDue();

        assertThat(handed).containsExactly("changed", "new");
    }

    @Test
    void urgentEntriesHaveABoundOfTheirOwnAndDoNotHoldUpRefreshes() {
        queue = queue(QueueSettings.<String>of(1).withMaxUrgentInFlight(2));
        for (int i = 0; i < 4; i++) {
            queue.schedule("t" + i, NOW, TRIGGER);
        }
        queue.schedule("p", NOW, PERIODIC);

        queue.drainDue();

        assertThat(handed).containsExactly("t0", "t1", "p");
    }

    @Test
    void keyThatIsNeverDoneGivesItsPlaceBackAfterTheSafetyTime() {
        queue = queue(QueueSettings.<String>of(1).withSafetyTime(Duration.ofMinutes(10)));
        queue.schedule("dropped", NOW, PERIODIC);
        queue.schedule("next", NOW, PERIODIC);
        queue.drainDue();
        time.pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(queue.drainDue()).isZero();

        time.pass(Duration.ofNanos(1));
        queue.drainDue();

        assertThat(handed).containsExactly("dropped", "next");
        assertThat(queue.inFlight()).isOne();
    }

    @Test
    void keyInFlightMayBeTriggeredAgainWithoutTakingASecondPlace() {
        queue.schedule("a", NOW, PERIODIC);
        queue.drainDue();
        queue.schedule("a", NOW, TRIGGER);
        queue.drainDue();

        assertThat(handed).containsExactly("a", "a");
        assertThat(queue.inFlight()).isOne();
        queue.done("a");
        assertThat(queue.inFlight()).isZero();
    }

    @Test
    void keyWhoseReceiverThrowsIsHandedOnAgain() {
        List<String> tries = new ArrayList<>();
        queue =
                new SyncQueue<>(
                        QueueSettings.of(1),
                        time,
                        time::nanos,
                        key -> {
                            tries.add(key);
                            if (tries.size() == 1) {
                                throw new IllegalStateException("not started");
                            }
                        });
        queue.schedule("a", NOW, TRIGGER);
        queue.drainDue();
        time.pass(MINUTE);
        queue.drainDue();

        assertThat(tries).containsExactly("a", "a");
        assertThat(queue.inFlight()).isOne();
    }

    @Test
    void wallClockThatFallsBackAnHourDoesNotDelayWhatIsPending() {
        queue.schedule("a", time.instant().plus(MINUTE), PERIODIC);
        time.jump(HOUR.negated());
        time.pass(MINUTE);

        queue.drainDue();

        assertThat(handed).containsExactly("a");
    }

    @Test
    void wallClockThatLeapsAheadMakesDueWhatItPassed() {
        queue.schedule("passed", time.instant().plus(Duration.ofMinutes(50)), PERIODIC);
        queue.schedule("ahead", time.instant().plus(Duration.ofMinutes(70)), PERIODIC);
        time.jump(HOUR);

        queue.drainDue();
        assertThat(handed).containsExactly("passed");

        time.pass(Duration.ofMinutes(10));
        queue.drainDue();
        assertThat(handed).containsExactly("passed", "ahead");
    }

    @Test
    void dueTimesToldAfterAJumpAreReadOffTheNewWallClock() {
        time.jump(HOUR.negated());
        queue.schedule("a", time.instant().plus(MINUTE), PERIODIC);

        time.pass(MINUTE.minusMillis(1));
        assertThat(queue.drainDue()).isZero();
        time.pass(Duration.ofMillis(1));
        assertThat(queue.drainDue()).isOne();
    }

    @Test
    void dueTimesAtTheEndsOfTimeAreAccepted() {
        queue.schedule("past", java.time.Instant.MIN, PERIODIC);
        queue.schedule("never", java.time.Instant.MAX, PERIODIC);
        queue.schedule("far", Duration.ofSeconds(Long.MAX_VALUE), PERIODIC);

        queue.drainDue();

        assertThat(handed).containsExactly("past");
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void tellsTheListenerHowLateEachKeyLeaves() {
        List<String> told = new ArrayList<>();
        queue =
                queue(
                        QueueSettings.<String>of(1)
                                .withListener((priority, late) -> told.add(priority + " " + late)));
        queue.schedule("a", NOW, NEW);
        time.pass(Duration.ofSeconds(3));

        queue.drainDue();

        assertThat(told).containsExactly("NEW PT3S");
    }

    @Test
    void closedQueueForgetsEverythingAndIgnoresMore() {
        queue.schedule("a", NOW, TRIGGER);
        queue.schedule("b", NOW, PERIODIC);
        queue.close();
        queue.schedule("c", NOW, TRIGGER);

        assertThat(queue.drainDue()).isZero();
        assertThat(queue.size()).isZero();
    }
}
