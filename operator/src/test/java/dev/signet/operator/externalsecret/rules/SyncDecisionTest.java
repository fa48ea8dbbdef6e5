package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecretSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyncDecisionTest {

    static Stream<GoldenCase> cases() {
        return GoldenCase.of("decision");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decidesAsTheCaseExpects(GoldenCase golden) {
        SyncInput input = input(golden);

        assertThat(shown(SyncDecision.of(input)))
                .isEqualTo(golden.read("out-decision.yaml", Map.class));
    }

    @Test
    void isDueOneIntervalAfterASync() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");

        assertThat(nextDue("", Duration.ofHours(1), now)).contains(now.plusSeconds(3600));
        assertThat(nextDue("Periodic", Duration.ofHours(1), now)).contains(now.plusSeconds(3600));
        assertThat(nextDue("Periodic", Duration.ZERO, now)).isEmpty();
        assertThat(nextDue("Periodic", Duration.ofHours(-1), now)).isEmpty();
        assertThat(nextDue("OnChange", Duration.ofHours(1), now)).isEmpty();
        assertThat(nextDue("CreatedOnce", Duration.ofHours(1), now)).isEmpty();
    }

    private static Optional<Instant> nextDue(String policy, Duration interval, Instant now) {
        return SyncDecision.nextDue(policy, interval, RefreshWindows.always(), now, now);
    }

    private static SyncInput input(GoldenCase golden) {
        ExternalSecretSpec spec = golden.read("in-spec.yaml", ExternalSecretSpec.class);
        Map<?, ?> state = golden.map("in-state.yaml");
        Map<?, ?> target = state.get("target") instanceof Map<?, ?> map ? map : null;
        return new SyncInput(
                spec.refreshPolicy(),
                spec.refreshEvery(),
                spec.target().creationPolicy(),
                RefreshWindows.of(spec.syncWindows()),
                state.get("refreshTime") == null
                        ? null
                        : Instant.parse(String.valueOf(state.get("refreshTime"))),
                state.get("synced") == null ? "" : String.valueOf(state.get("synced")),
                String.valueOf(state.get("current")),
                target == null
                        ? TargetState.ABSENT
                        : new TargetState(
                                true,
                                Boolean.TRUE.equals(target.get("managed")),
                                Boolean.TRUE.equals(target.get("unchanged"))),
                Instant.parse(String.valueOf(state.get("now"))));
    }

    private static Map<String, Object> shown(SyncDecision decision) {
        Map<String, Object> shown = new LinkedHashMap<>();
        switch (decision) {
            case SyncDecision.Sync sync -> shown.put("sync", sync.reason().name());
            case SyncDecision.Skip skip -> {
                shown.put("skipUntil", skip.nextDue().map(Instant::toString).orElse("a change"));
                if (skip.closed()) {
                    shown.put("closed", true);
                }
            }
        }
        return shown;
    }
}
