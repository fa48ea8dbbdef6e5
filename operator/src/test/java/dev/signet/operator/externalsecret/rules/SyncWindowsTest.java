package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.externalsecret.rules.SyncWindows.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncWindowsTest {

    private static final Entry NIGHT = new Entry("0 22 * * *", "2h");
    private static final Entry BROKEN = new Entry("not-a-cron", "2h");

    private static SyncWindows allow(Entry... entries) {
        return SyncWindows.of("allow", List.of(entries));
    }

    private static SyncWindows deny(Entry... entries) {
        return SyncWindows.of("deny", List.of(entries));
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

        assertThat(SyncWindows.always().isOpen(time)).isTrue();
        assertThat(allow().isOpen(time)).isTrue();
        assertThat(deny().isOpen(time)).isTrue();
        assertThat(SyncWindows.of("", List.of(NIGHT)).isOpen(time)).isTrue();
    }

    @Test
    void leavesOutAWindowThatCannotBeRead() {
        assertThat(allow(BROKEN, NIGHT).isOpen(at("2026-06-01T23:00:00"))).isTrue();
        assertThat(allow(BROKEN).isOpen(at("2026-06-01T23:00:00"))).isFalse();
        assertThat(deny(BROKEN).isOpen(at("2026-06-01T23:00:00"))).isTrue();
        assertThat(deny(new Entry("0 22 * * *", "soon")).isOpen(at("2026-06-01T23:00:00")))
                .isTrue();
    }

    @Test
    void opensAtOnceWhenItIsOpen() {
        Instant now = at("2026-06-01T23:00:00.5");

        assertThat(allow(NIGHT).nextOpening(now)).contains(now);
        assertThat(SyncWindows.always().nextOpening(now)).contains(now);
    }

    @Test
    void opensWithTheFirstAllowedWindowToBegin() {
        Entry noon = new Entry("0 12 * * *", "30m");

        assertThat(allow(NIGHT, noon).nextOpening(at("2026-06-01T13:00:00")))
                .contains(at("2026-06-01T22:00:00"));
        assertThat(allow(NIGHT, noon).nextOpening(at("2026-06-01T09:00:00")))
                .contains(at("2026-06-01T12:00:00"));
    }

    @Test
    void neverOpensWhenNoAllowedWindowEverBegins() {
        assertThat(allow(BROKEN).nextOpening(at("2026-06-01T12:00:00"))).isEmpty();
        assertThat(allow(new Entry("0 0 31 2 *", "1h")).nextOpening(at("2026-06-01T12:00:00")))
                .isEmpty();
    }

    @Test
    void opensBehindTheDeniedWindow() {
        assertThat(deny(NIGHT).nextOpening(at("2026-06-01T23:00:00")))
                .contains(at("2026-06-02T00:00:01"));
    }

    @Test
    void opensBehindAllDeniedWindowsThatFollowOneAnother() {
        SyncWindows windows =
                deny(NIGHT, new Entry("0 0 * * *", "1h"), new Entry("30 0 * * *", "2h"));

        Instant opening = windows.nextOpening(at("2026-06-01T22:10:00")).orElseThrow();

        assertThat(opening).isEqualTo(at("2026-06-02T02:30:01"));
        assertThat(windows.isOpen(opening)).isTrue();
        assertThat(windows.isOpen(opening.minusSeconds(1))).isFalse();
    }

    @Test
    void findsTheEndOfWindowsThatOverlapByTheThousand() {
        SyncWindows windows = deny(new Entry("* 0-11 1 6 *", "24h"));

        assertThat(windows.nextOpening(at("2026-06-01T00:10:00")))
                .contains(at("2026-06-02T11:59:01"));
    }

    @Test
    void saysWhenToAskAgainWhereDenialHasNoEnd() {
        SyncWindows windows = deny(new Entry("* * * * *", "5m"));
        Instant now = at("2026-06-01T00:00:00");

        Instant askAgain = windows.nextOpening(now).orElseThrow();

        assertThat(askAgain).isAfter(now.plusSeconds(86_400));
        assertThat(windows.isOpen(askAgain)).isFalse();
    }

    @Test
    void countsEveryFromTheEpoch() {
        SyncWindows windows = allow(new Entry("@every 6h", "1h"));

        assertThat(windows.isOpen(at("2026-06-01T06:30:00"))).isTrue();
        assertThat(windows.isOpen(at("2026-06-01T07:30:00"))).isFalse();
        assertThat(windows.nextOpening(at("2026-06-01T07:30:00")))
                .contains(at("2026-06-01T12:00:00"));
        assertThat(deny(new Entry("@every 6h", "1h")).nextOpening(at("2026-06-01T06:30:00")))
                .contains(at("2026-06-01T07:00:01"));
    }

    @Test
    void isAlwaysInAWindowThatLastsLongerThanItsPeriod() {
        assertThat(allow(new Entry("@every 10m", "1h")).isOpen(at("2026-06-01T07:33:21")))
                .isTrue();
        assertThat(allow(new Entry("@every 1ms", "1s")).isOpen(at("2026-06-01T07:33:21.5")))
                .isTrue();
    }
}
