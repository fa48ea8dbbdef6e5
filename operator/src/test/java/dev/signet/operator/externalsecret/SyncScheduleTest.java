package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the next turn comes, by how the last one ended; every draw is the longest possible. */
class SyncScheduleTest {

    private static final ObjectKey KEY = new ObjectKey("team", "app");
    private static final Ask PLAIN = new Ask(false, false, false);
    private static final Ask FORCED = new Ask(false, true, false);

    /** The queue also goes by the time that the test takes. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final LeapingClock clock = new LeapingClock();
    private final SyncMetrics metrics = new SyncMetrics();
    private final SyncSchedule schedule =
            new SyncSchedule(
                    new SyncParts(
                            null,
                            null,
                            null,
                            null,
                            metrics,
                            null,
                            null,
                            null,
                            clock,
                            new Highest()),
                    new SyncSettings(null, 1, true, 0, null),
                    key -> "store",
                    key -> true);

    @AfterEach
    void stop() {
        schedule.close();
        metrics.close();
    }

    @Test
    void firstOutageIsFollowedByATurnWithinTwoSeconds() {
        schedule.plan(KEY, PLAIN, new Next.Outage());

        assertThat(due()).isZero();
        assertThat(dueAfter(Duration.ofSeconds(2))).isOne();
    }

    @Test
    void outageIsFollowedByATurnWithinHalfAMinuteHoweverLongItLasts() {
        many(new Next.Outage());

        assertThat(due()).isZero();
        assertThat(dueAfter(Duration.ofSeconds(30))).isOne();
    }

    @Test
    void failureThatLastsIsTriedAfterMinutesOnly() {
        many(new Next.Retry(Duration.ZERO));

        assertThat(dueAfter(Duration.ofMinutes(6))).isZero();
        assertThat(dueAfter(Duration.ofMinutes(1))).isOne();
    }

    @Test
    void outagesDoNotCountAsFailuresOfTheObject() {
        many(new Next.Outage());

        schedule.plan(KEY, PLAIN, new Next.Retry(Duration.ZERO));

        assertThat(dueAfter(Duration.ofSeconds(2))).isOne();
    }

    @Test
    void syncEndsTheCountOfOutages() {
        many(new Next.Outage());
        schedule.plan(KEY, PLAIN, new Next.Refresh(clock.instant()));

        schedule.plan(KEY, PLAIN, new Next.Outage());

        assertThat(dueAfter(Duration.ofSeconds(2))).isOne();
    }

    @Test
    void whatATurnWasForcedForIsNotForgottenInAnOutage() {
        schedule.plan(KEY, FORCED, new Next.Outage());

        assertThat(schedule.begin(KEY).forced()).isTrue();
        assertThat(schedule.begin(KEY).forced()).as("once only").isFalse();
    }

    @Test
    void whatATurnWasForcedForIsDoneBySuccess() {
        schedule.plan(KEY, FORCED, new Next.Refresh(clock.instant()));

        assertThat(schedule.begin(KEY).forced()).isFalse();
    }

    @Test
    void refreshIsDueWhenItSaysAndNotBefore() {
        schedule.plan(KEY, PLAIN, new Next.Refresh(clock.instant().plus(Duration.ofHours(1))));

        assertThat(dueAfter(Duration.ofMinutes(50))).isZero();
        assertThat(dueAfter(Duration.ofMinutes(10))).isOne();
    }

    @Test
    void neitherTheSettledNorTheStuckHasAnotherTurn() {
        schedule.plan(KEY, PLAIN, new Next.Never());
        schedule.plan(new ObjectKey("team", "stuck"), PLAIN, new Next.Stuck());

        assertThat(dueAfter(Duration.ofDays(365))).isZero();
    }

    @Test
    void storeWithoutAVerdictIsWaitedForEightTimes() {
        for (int look = 0; look < 8; look++) {
            Ask ask = schedule.begin(KEY);
            assertThat(ask.lastChance()).as("look %d", look).isFalse();
            schedule.plan(KEY, ask, new Next.Undecided(true));
        }

        assertThat(schedule.begin(KEY)).isEqualTo(new Ask(false, true, true));
    }

    private void many(Next next) {
        for (int i = 0; i < 30; i++) {
            schedule.plan(KEY, PLAIN, next);
        }
    }

    private int dueAfter(Duration time) {
        clock.leap(time.plus(SLACK));
        return due();
    }

    private int due() {
        return (int) metrics.registry().get("workqueue.depth").gauge().value();
    }

    /** Stands still but for its leaps, which the queue follows. */
    private static final class LeapingClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void leap(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Highest implements RandomGenerator {

        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }
}
