package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.SyncWindow;
import dev.signet.api.SyncWindows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshWindowsTest {

    private static final SyncWindow NIGHT = new SyncWindow("0 22 * * *", "2h");
    private static final SyncWindow BROKEN = new SyncWindow("not-a-cron", "2h");

    private static RefreshWindows allow(SyncWindow... entries) {
        return RefreshWindows.of(new SyncWindows("allow", List.of(entries)));
    }

    private static RefreshWindows deny(SyncWindow... entries) {
        return RefreshWindows.of(new SyncWindows("deny", List.of(entries)));
    }

    private static Instant at(String time) {
        return Instant.parse(time + "Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T21:59:59, false",
        "2026-06-01T22:00:00, true",
        "2026-06-01T22:30:00, true",
        "2026-06-02T00:00:00, true",
        "2026-06-02T00:00:01, false",
        "2026-06-02T03:00:00, false",
        "2026-06-02T22:30:00, true"
    })
    void isOpenFromTheFirstToTheLastInstantOfAWindow(String time, boolean inWindow) {
        assertThat(allow(NIGHT).isOpen(at(time))).isEqualTo(inWindow);
        assertThat(deny(NIGHT).isOpen(at(time))).isEqualTo(!inWindow);
    }

    @Test
    void isAlwaysOpenWithoutWindowsOrWithAnUnknownKind() {
        Instant time = at("2026-06-01T12:00:00");

        assertThat(RefreshWindows.of(null).isOpen(time)).isTrue();
        assertThat(allow().isOpen(time)).isTrue();
        assertThat(deny().isOpen(time)).isTrue();
        assertThat(RefreshWindows.of(new SyncWindows("", List.of(NIGHT))).isOpen(time)).isTrue();
    }

    @Test
    void leavesOutAWindowThatCannotBeRead() {
        assertThat(allow(BROKEN, NIGHT).isOpen(at("2026-06-01T23:00:00"))).isTrue();
        assertThat(allow(BROKEN).isOpen(at("2026-06-01T23:00:00"))).isFalse();
        assertThat(deny(BROKEN).isOpen(at("2026-06-01T23:00:00"))).isTrue();
        assertThat(deny(new SyncWindow("0 22 * * *", "soon")).isOpen(at("2026-06-01T23:00:00")))
                .isTrue();
    }

    @Test
    void opensAtOnceWhenItIsOpen() {
        Instant now = at("2026-06-01T23:00:00.5");

        assertThat(allow(NIGHT).nextOpening(now)).contains(now);
        assertThat(RefreshWindows.always().nextOpening(now)).contains(now);
    }

    @Test
    void opensWithTheFirstAllowedWindowToBegin() {
        SyncWindow noon = new SyncWindow("0 12 * * *", "30m");

        assertThat(allow(NIGHT, noon).nextOpening(at("2026-06-01T13:00:00")))
                .contains(at("2026-06-01T22:00:00"));
        assertThat(allow(NIGHT, noon).nextOpening(at("2026-06-01T09:00:00")))
                .contains(at("2026-06-01T12:00:00"));
    }

    @Test
    void neverOpensWhenNoAllowedWindowEverBegins() {
        assertThat(allow(BROKEN).nextOpening(at("2026-06-01T12:00:00"))).isEmpty();
        assertThat(allow(new SyncWindow("0 0 31 2 *", "1h")).nextOpening(at("2026-06-01T12:00:00")))
                .isEmpty();
    }

    @Test
    void opensBehindTheDeniedWindow() {
        assertThat(deny(NIGHT).nextOpening(at("2026-06-01T23:00:00")))
                .contains(at("2026-06-02T00:00:01"));
    }

    @Test
    void opensBehindAllDeniedWindowsThatFollowOneAnother() {
        RefreshWindows windows =
                deny(NIGHT, new SyncWindow("0 0 * * *", "1h"), new SyncWindow("30 0 * * *", "2h"));

        Instant opening = windows.nextOpening(at("2026-06-01T22:10:00")).orElseThrow();

        assertThat(opening).isEqualTo(at("2026-06-02T02:30:01"));
        assertThat(windows.isOpen(opening)).isTrue();
        assertThat(windows.isOpen(opening.minusSeconds(1))).isFalse();
    }

    @Test
    void findsTheEndOfWindowsThatOverlapByTheThousand() {
        RefreshWindows windows = deny(new SyncWindow("* 0-11 1 6 *", "24h"));

        assertThat(windows.nextOpening(at("2026-06-01T00:10:00")))
                .contains(at("2026-06-02T11:59:01"));
    }

    @Test
    void saysWhenToAskAgainWhereDenialHasNoEnd() {
        RefreshWindows windows = deny(new SyncWindow("* * * * *", "5m"));
        Instant now = at("2026-06-01T00:00:00");

        Instant askAgain = windows.nextOpening(now).orElseThrow();

        assertThat(askAgain).isAfter(now.plusSeconds(86_400));
        assertThat(windows.isOpen(askAgain)).isFalse();
    }

    @Test
    void countsEveryFromTheEpoch() {
        RefreshWindows windows = allow(new SyncWindow("@every 6h", "1h"));

        assertThat(windows.isOpen(at("2026-06-01T06:30:00"))).isTrue();
        assertThat(windows.isOpen(at("2026-06-01T07:30:00"))).isFalse();
        assertThat(windows.nextOpening(at("2026-06-01T07:30:00")))
                .contains(at("2026-06-01T12:00:00"));
        assertThat(deny(new SyncWindow("@every 6h", "1h")).nextOpening(at("2026-06-01T06:30:00")))
                .contains(at("2026-06-01T07:00:01"));
    }

    @Test
    void isAlwaysInAWindowThatLastsLongerThanItsPeriod() {
        assertThat(allow(new SyncWindow("@every 10m", "1h")).isOpen(at("2026-06-01T07:33:21")))
                .isTrue();
        assertThat(allow(new SyncWindow("@every 1ms", "1s")).isOpen(at("2026-06-01T07:33:21.5")))
                .isTrue();
    }
}
