package dev.signet.operator.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JitterAndBackoffTest {

    private final Backoff<String> backoff = new Backoff<>(new SplittableRandom(1));

    @Test
    void spreadsARefreshOverTheLastTenthOfItsInterval() {
        Jitter jitter = new Jitter(new SplittableRandom(1));
        Set<Long> minutes = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            Duration spread = jitter.spread(Duration.ofHours(10));
            assertThat(spread).isBetween(Duration.ofHours(9), Duration.ofHours(10));
            minutes.add(spread.toMinutes());
        }
        assertThat(minutes).hasSizeGreaterThan(55);
    }

    @Test
    void leavesAZeroOrNegativeIntervalAlone() {
        Jitter jitter = new Jitter(new SplittableRandom(1));

        assertThat(jitter.spread(Duration.ZERO)).isZero();
        assertThat(jitter.spread(Duration.ofSeconds(-1))).isEqualTo(Duration.ofSeconds(-1));
    }

    @Test
    void waitsLongerWithEachFailureButNeverBeyondSevenMinutes() {
        Duration ceiling = Duration.ofSeconds(1);
        for (int i = 1; i <= 60; i++) {
            ceiling = ceiling.multipliedBy(2);
            if (ceiling.compareTo(Duration.ofMinutes(7)) > 0) {
                ceiling = Duration.ofMinutes(7);
            }
            assertThat(backoff.failed("a")).isBetween(Duration.ofSeconds(1), ceiling);
        }
        assertThat(backoff.failures("a")).isEqualTo(60);
    }

    @Test
    void objectsThatFailTogetherDoNotReturnTogether() {
        Set<Long> seconds = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String key = "k" + i;
            for (int n = 0; n < 9; n++) {
                backoff.failed(key);
            }
            seconds.add(backoff.failed(key).toSeconds());
        }
        assertThat(seconds).hasSizeGreaterThan(100);
    }

    @Test
    void heedsAtLeastWhatTheStoreAskedFor() {
        assertThat(backoff.failed("a", Duration.ofSeconds(100)))
                .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(110));
        assertThat(backoff.failed("b", Duration.ZERO))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void doesNotLetAStoreSilenceAnObjectForMoreThanAboutAnHour() {
        assertThat(backoff.failed("a", Duration.ofDays(365)))
                .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(66));
    }

    @Test
    void startsAnewAfterASuccess() {
        for (int i = 0; i < 20; i++) {
            backoff.failed("a");
        }
        backoff.succeeded("a");

        assertThat(backoff.failures("a")).isZero();
        assertThat(backoff.failed("a")).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsFailuresForABoundedNumberOfKeys() {
        Backoff<Integer> small =
                new Backoff<>(
                        new SplittableRandom(1), Duration.ofSeconds(1), Duration.ofMinutes(7), 10);
        for (int i = 0; i < 100; i++) {
            small.failed(i);
        }
        assertThat(small.failures(0)).isZero();
        assertThat(small.failures(99)).isOne();
    }

    @Test
    void refusesBoundsThatAreNotInOrder() {
        assertThatThrownBy(() ->
                        new Backoff<String>(
                                new SplittableRandom(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyReadsAsKubectlWritesIt() {
        assertThat(new ObjectKey("ns", "name")).hasToString("ns/name");
        assertThat(new ObjectKey("", "name")).hasToString("name");
    }
}
