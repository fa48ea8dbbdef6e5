package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CalmTest {

    private static final ObjectKey KEY = new ObjectKey("n", "a");

    private final AtomicLong time = new AtomicLong();
    private final Calm calm = new Calm(time::get);

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            calm.answered(KEY);
        }
    }

    @Test
    void fewAreAnsweredAtOnceAndManyLaterAndLater() {
        answer(4);
        assertThat(calm.delay(KEY)).isZero();
        answer(1);
        assertThat(calm.delay(KEY)).isEqualTo(Duration.ofSeconds(1));
        answer(3);
        assertThat(calm.delay(KEY)).isEqualTo(Duration.ofSeconds(8));
        answer(100);
        assertThat(calm.delay(KEY)).isEqualTo(Duration.ofMinutes(5));
        assertThat(calm.delay(new ObjectKey("n", "b"))).isZero();
    }

    @Test
    void aQuietTimeMakesItBeginAnew() {
        answer(20);

        time.addAndGet(Duration.ofMinutes(11).toNanos());

        assertThat(calm.delay(KEY)).isZero();
        answer(1);
        assertThat(calm.delay(KEY)).isZero();
    }

    @Test
    void whatIsGoneIsForgotten() {
        answer(20);

        calm.forget(KEY);

        assertThat(calm.delay(KEY)).isZero();
    }
}
