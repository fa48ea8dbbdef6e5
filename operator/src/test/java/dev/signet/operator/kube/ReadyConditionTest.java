package dev.signet.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StatusCondition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadyConditionTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String THEN = "2025-12-31T00:00:00Z";
    private static final StatusCondition FOREIGN =
            new StatusCondition("Audited", "True", "r", "m", THEN);

    @Test
    void timeStaysWhileTheStatusStays() {
        var before = List.of(FOREIGN, ready("False", THEN));

        assertThat(ReadyCondition.in(before, "False", "other", "another", NOW))
                .containsExactly(
                        FOREIGN, new StatusCondition("Ready", "False", "other", "another", THEN));
    }

    @Test
    void timeIsNowInWholeSecondsWhenTheStatusFlipsOrIsFirstSaid() {
        StatusCondition now =
                new StatusCondition("Ready", "True", "r", "m", "2026-01-02T03:04:05Z");

        assertThat(ReadyCondition.in(List.of(ready("False", THEN), FOREIGN), "True", "r", "m", NOW))
                .containsExactly(FOREIGN, now);
        assertThat(ReadyCondition.in(List.of(), "True", "r", "m", NOW)).containsExactly(now);
    }

    private static StatusCondition ready(String status, String since) {
        return new StatusCondition("Ready", status, "reason", "message", since);
    }
}
