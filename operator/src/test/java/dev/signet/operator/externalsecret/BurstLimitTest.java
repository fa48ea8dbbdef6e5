package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurstLimitTest {

    private long now = Long.MAX_VALUE - 1_000;
    private final BurstLimit limit = new BurstLimit(() -> now);
    private final BurstLimit.Bucket bucket = limit.initState();

    @Test
    void twentyLooksInARowAreFreeAndThenTwoASecond() {
        assertThat(looks()).isEqualTo(20);
        assertThat(limit.isLimited(bucket)).contains(Duration.ofMillis(500));

        pass(Duration.ofMillis(300));
        assertThat(limit.isLimited(bucket)).as("what is left").contains(Duration.ofMillis(200));

        pass(Duration.ofMillis(200));
        assertThat(looks()).isOne();
    }

    @Test
    void whatWasNotUsedIsKeptForTwentyLooksAtMost() {
        looks();
        pass(Duration.ofSeconds(5));
        assertThat(looks()).isEqualTo(10);

        pass(Duration.ofHours(1));
        assertThat(looks()).isEqualTo(20);
    }

    @Test
    void eachObjectHasItsOwn() {
        looks();

        assertThat(limit.isLimited(limit.initState())).isEmpty();
    }

    private int looks() {
        int looks = 0;
        while (limit.isLimited(bucket).isEmpty()) {
            looks++;
        }
        return looks;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
