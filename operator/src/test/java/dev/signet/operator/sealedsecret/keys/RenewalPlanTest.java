package dev.signet.operator.sealedsecret.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenewalPlanTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void nextKeyIsDueAPeriodAfterTheNewest() {
        assertThat(new RenewalPlan(Duration.ofDays(30), null).due(MARCH))
                .contains(MARCH.plus(Duration.ofDays(30)));
    }

    @Test
    void withoutPeriodAndCutoffNoneIsEverDue() {
        assertThat(new RenewalPlan(Duration.ZERO, null).due(MARCH)).isEmpty();
    }

    @Test
    void keyFromBeforeTheCutoffIsReplacedOnceItHasCome() {
        assertThat(new RenewalPlan(Duration.ZERO, APRIL).due(MARCH)).contains(APRIL);
        assertThat(new RenewalPlan(Duration.ofDays(365), APRIL).due(MARCH)).contains(APRIL);
        assertThat(new RenewalPlan(Duration.ofDays(1), APRIL).due(MARCH))
                .contains(MARCH.plus(Duration.ofDays(1)));
    }

    @Test
    void keyFromAfterTheCutoffStays() {
        assertThat(new RenewalPlan(Duration.ZERO, MARCH).due(MARCH)).isEmpty();
        assertThat(new RenewalPlan(Duration.ZERO, MARCH).due(APRIL)).isEmpty();
    }

    @Test
    void newKeyStartsNow() {
        assertThat(RenewalPlan.start(APRIL, Optional.empty())).isEqualTo(APRIL);
        assertThat(RenewalPlan.start(APRIL, Optional.of(MARCH))).isEqualTo(APRIL);
    }

    @Test
    void newKeyIsTheNewestEvenAfterOneFromTheFuture() {
        assertThat(RenewalPlan.start(MARCH, Optional.of(APRIL))).isAfter(APRIL);
        assertThat(RenewalPlan.start(MARCH, Optional.of(MARCH))).isAfter(MARCH);
    }
}
