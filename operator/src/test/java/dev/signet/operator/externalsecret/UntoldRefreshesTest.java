package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.refresh.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntoldRefreshesTest {

    private static final ObjectKey KEY = new ObjectKey("ns", "name");

    private final UntoldRefreshes untold = new UntoldRefreshes();

    @Test
    void timeAloneIsToldEveryFiveMinutes() {
        ExternalSecretStatus told = status("2026-01-01T00:00:00Z", "1-a");
        for (String time : List.of("00:00:10", "00:02:00", "00:04:59")) {
            ExternalSecretStatus known = untold.addedTo(KEY, "u", told);
            ExternalSecretStatus after = status("2026-01-01T" + time + "Z", "1-a");
            assertThat(untold.keeps(KEY, "u", known, after)).as(time).isTrue();
            assertThat(untold.addedTo(KEY, "u", told)).isEqualTo(after);
        }
        ExternalSecretStatus known = untold.addedTo(KEY, "u", told);

        assertThat(untold.keeps(KEY, "u", known, status("2026-01-01T00:05:00Z", "1-a"))).isFalse();
    }

    @Test
    void allOtherNewsIsTold() {
        ExternalSecretStatus told = status("2026-01-01T00:00:00Z", "1-a");

        assertThat(untold.keeps(KEY, "u", told, status("2026-01-01T00:00:01Z", "2-a"))).isFalse();
        assertThat(
                        untold.keeps(
                                KEY,
                                "u",
                                ExternalSecretStatus.NONE,
                                status("2026-01-01T00:00:01Z", "")))
                .isFalse();
    }

    @Test
    void statusThatSomebodyWroteSinceStandsAsItIs() {
        ExternalSecretStatus told = status("2026-01-01T00:00:00Z", "1-a");
        assertThat(untold.keeps(KEY, "u", told, status("2026-01-01T00:00:30Z", "1-a"))).isTrue();
        ExternalSecretStatus theirs = status("2026-01-01T00:00:20Z", "1-a");

        assertThat(untold.addedTo(KEY, "u", theirs)).isEqualTo(theirs);
        assertThat(untold.addedTo(KEY, "another", told)).isEqualTo(told);
    }

    @Test
    void clockThatWasPutBackDoesNotHoldTheStatusUp() {
        ExternalSecretStatus told = status("2026-01-01T01:00:00Z", "1-a");

        assertThat(untold.keeps(KEY, "u", told, status("2026-01-01T00:00:00Z", "1-a"))).isFalse();
    }

    @Test
    void timeInAnUnknownFormIsReplaced() {
        ExternalSecretStatus told = status("yesterday", "1-a");

        assertThat(untold.keeps(KEY, "u", told, status("2026-01-01T00:00:00Z", "1-a"))).isFalse();
    }

    @Test
    void forgottenRefreshLeavesNoTrace() {
        ExternalSecretStatus told = status("2026-01-01T00:00:00Z", "1-a");
        assertThat(untold.keeps(KEY, "u", told, status("2026-01-01T00:00:30Z", "1-a"))).isTrue();

        untold.forget(KEY);

        assertThat(untold.addedTo(KEY, "u", told)).isEqualTo(told);
    }

    private static ExternalSecretStatus status(String time, String version) {
        return new ExternalSecretStatus(time, version, List.of(), null);
    }
}
