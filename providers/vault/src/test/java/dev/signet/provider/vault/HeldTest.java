package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.vault.authentication.LoginToken;
import org.springframework.vault.support.VaultToken;

class HeldTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Held hour =
            Held.own(LoginToken.renewable(VaultToken.of("t"), Duration.ofHours(1)), 1, START);

    @Test
    void isDueAfterTwoThirdsOfItsLease() {
        assertThat(hour.due(START.plusSeconds(39 * 60))).isFalse();
        assertThat(hour.due(START.plusSeconds(40 * 60))).isTrue();
    }

    @Test
    void isNotSentInTheLastSecondsOfItsLease() {
        assertThat(hour.expired(START.plusSeconds(3597))).isFalse();
        assertThat(hour.expired(START.plusSeconds(3598))).isTrue();
    }

    @Test
    void renewalThatYieldsLittleIsTheLastOne() {
        Held full = hour.renewed(Duration.ofHours(1), true, START);
        Held cut = hour.renewed(Duration.ofMinutes(20), true, START);

        assertThat(full.renewable()).isTrue();
        assertThat(cut.renewable()).isFalse();
        assertThat(cut.generation()).isEqualTo(hour.generation());
    }

    @Test
    void leaseBeyondAllReasonIsCutToAMonth() {
        Duration endless = Duration.ofSeconds(9_000_000_000_000_000_001L);
        Held login = Held.own(LoginToken.renewable(VaultToken.of("t"), endless), 1, START);

        for (Held held : List.of(login, login.renewed(endless, true, START))) {
            assertThat(held.due(START.plus(Duration.ofDays(1)))).isFalse();
            assertThat(held.expired(START.plus(Duration.ofDays(31)))).isFalse();
            assertThat(held.expired(START.plus(Duration.ofDays(32)))).isTrue();
        }
        Held past = hour.renewed(Duration.ofSeconds(-9_000_000_000_000_000_001L), true, START);
        assertThat(past.expired(START.plusSeconds(1))).isTrue();
    }

    @Test
    void givenTokenHasNoEndAndIsNotOurs() {
        Held given = Held.foreign(VaultToken.of("t"), 1, START);

        assertThat(given.due(START.plus(Duration.ofDays(9999)))).isFalse();
        assertThat(given.expired(START.plus(Duration.ofDays(9999)))).isFalse();
        assertThat(given.revocable()).isFalse();
    }
}
