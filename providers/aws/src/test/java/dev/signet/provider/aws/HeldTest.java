package dev.signet.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class HeldTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isDueTenMinutesBeforeTheEndOfAnHour() {
        Held held = held(START.plus(Duration.ofHours(1)));
        assertThat(held.due(START.plus(Duration.ofMinutes(49)))).isFalse();
        assertThat(held.due(START.plus(Duration.ofMinutes(50)))).isTrue();
        assertThat(held.expired(START.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(held.expired(START.plus(Duration.ofMinutes(60)))).isTrue();
    }

    @Test
    void isDueInTheLastThirdOfAShortLife() {
        Held held = held(START.plus(Duration.ofMinutes(15)));
        assertThat(held.due(START.plus(Duration.ofMinutes(9)))).isFalse();
        assertThat(held.due(START.plus(Duration.ofMinutes(10)))).isTrue();
    }

    @Test
    void ofKeysWithoutAnEndIsNeverDue() {
        Held held = held(Instant.MAX);
        assertThat(held.due(START.plus(Duration.ofDays(10_000)))).isFalse();
        assertThat(held.expired(START.plus(Duration.ofDays(10_000)))).isFalse();
    }

    @Test
    void showsNoKey() {
        assertThat(held(Instant.MAX).toString()).doesNotContain("AKIA").doesNotContain("hunter2");
    }

    private static Held held(Instant until) {
        return new Held(AwsBasicCredentials.create("AKIA", "hunter2"), 1, START, until);
    }
}
