package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RetrySettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private static final ReadOutcome<String> DOWN = new ReadOutcome.Unavailable<>("down");

    @Test
    void pausesAreTenSecondsAtMost() {
        Retries retries = new Retries(new RetrySettings(1, Duration.ofDays(365)));

        assertThat(retries.interval()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void repeatsAreTenAtMost() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        Retries retries = new Retries(new RetrySettings(1_000_000, Duration.ofSeconds(-1)));

        assertThat(
                        retries.run(() -> {
                            tries.incrementAndGet();
                            return DOWN;
                        }))
                .isEqualTo(DOWN);
        assertThat(tries).hasValue(11);
    }

    @Test
    void interruptionEndsAPause() {
        Retries retries = new Retries(new RetrySettings(10, Duration.ofSeconds(10)));

        assertThatThrownBy(() ->
                        retries.run(() -> {
                            Thread.currentThread().interrupt();
                            return DOWN;
                        }))
                .isInstanceOf(InterruptedException.class);
    }
}
