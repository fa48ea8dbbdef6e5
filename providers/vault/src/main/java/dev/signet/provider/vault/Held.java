package dev.signet.provider.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.authentication.LoginToken;
import org.springframework.vault.support.VaultToken;

/**
 * A token that a session holds.
 *
 * @param token the token; null where requests carry none
 * @param generation counts the tokens of a session; a renewal does not make a new one
 * @param from when its lease began
 * @param lease how long it lasts from then; zero for no end
 * @param granted how long it lasted when it was new
 * @param renewable whether it can be renewed
 * @param revocable whether it is this session's to revoke
 */
record Held(
        @Nullable VaultToken token,
        long generation,
        Instant from,
        Duration lease,
        Duration granted,
        boolean renewable,
        boolean revocable) {

    /** Vault's own default for the longest life of a token; more may overflow a clock. */
    private static final Duration MAX_LEASE = Duration.ofDays(32);

    /** Time for a request under way to arrive while its token is still good. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** A token that is not this session's to renew or revoke. */
    static Held foreign(@Nullable VaultToken token, long generation, Instant now) {
        return new Held(token, generation, now, Duration.ZERO, Duration.ZERO, false, false);
    }

    /** The fruit of a login. */
    static Held own(VaultToken token, long generation, Instant now) {
        if (!(token instanceof LoginToken login)) {
            return new Held(token, generation, now, Duration.ZERO, Duration.ZERO, false, true);
        }
        Duration lease = sane(login.getLeaseDuration());
        boolean batch = login.isBatchToken();
        return new Held(
                login, generation, now, lease, lease, login.isRenewable() && !batch, !batch);
    }

    /**
     * This token after a renewal. One that was given less than half of its first lease nears the
     * end of its life: it is replaced, not renewed, when it is due again.
     */
    Held renewed(Duration newLease, boolean stillRenewable, Instant now) {
        Duration next = sane(newLease);
        boolean lasting = next.multipliedBy(2).compareTo(granted) >= 0;
        return new Held(
                token, generation, now, next, granted, stillRenewable && lasting, revocable);
    }

    /** The same, due again a little later. */
    Held postponed(Instant now) {
        Duration left = Duration.between(now, from.plus(lease));
        return new Held(token, generation, now, left, granted, renewable, revocable);
    }

    private static Duration sane(Duration lease) {
        if (lease.isNegative()) {
            return Duration.ofSeconds(1);
        }
        return lease.compareTo(MAX_LEASE) > 0 ? MAX_LEASE : lease;
    }

    boolean sameToken(Held other) {
        return Objects.equals(token, other.token);
    }

    /** Whether two thirds of the lease are over: time to renew it, while it still serves. */
    boolean due(Instant now) {
        return !lease.isZero() && !now.isBefore(from.plus(lease.multipliedBy(2).dividedBy(3)));
    }

    /** Whether it may no longer be sent. */
    boolean expired(Instant now) {
        Duration margin =
                MARGIN.multipliedBy(10).compareTo(lease) > 0 ? lease.dividedBy(10) : MARGIN;
        return !lease.isZero() && !now.isBefore(from.plus(lease).minus(margin));
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Held[" + generation + ", " + from + ", " + lease + "]";
    }
}
