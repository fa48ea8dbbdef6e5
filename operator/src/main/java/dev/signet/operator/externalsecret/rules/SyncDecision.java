package dev.signet.operator.externalsecret.rules;

import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether an ExternalSecret is synced now. Needs no call to anything. */
public sealed interface SyncDecision {

    /** A sync is due now. */
    record Sync(SyncReason reason) implements SyncDecision {}

    /**
     * Nothing is due.
     *
     * @param nextDue when a refresh is due; empty where only a change can make one due
     * @param closed whether a refresh would be due now but for the sync windows
     */
    record Skip(Optional<Instant> nextDue, boolean closed) implements SyncDecision {}

    /** Decides for this state of things. */
    static SyncDecision of(SyncInput in) {
        Optional<SyncReason> reason = refreshReason(in).or(() -> targetReason(in));
        if (reason.isPresent()) {
            return new Sync(reason.get());
        }
        Optional<Instant> nextDue =
                in.lastRefresh()
                        .flatMap(last ->
                                nextDue(
                                        in.refreshPolicy(),
                                        in.refreshInterval(),
                                        in.windows(),
                                        last,
                                        in.now()));
        return new Skip(nextDue, intervalIsOver(in));
    }

    /**
     * When the next refresh is due after a sync that began at {@code refreshTime} and succeeded,
     * seen from {@code now}; empty where only a change can make one due. Never before {@code now},
     * and in an open window, unless windows are closed without end (see {@link
     * RefreshWindows#nextOpening}).
     */
    static Optional<Instant> nextDue(
            String refreshPolicy,
            Duration refreshInterval,
            RefreshWindows windows,
            Instant refreshTime,
            Instant now) {
        if (!isPeriodic(refreshPolicy) || !isPositive(refreshInterval)) {
            return Optional.empty();
        }
        Instant due = refreshTime.plus(refreshInterval);
        return windows.nextOpening(due.isAfter(now) ? due : now);
    }

    private static Optional<SyncReason> refreshReason(SyncInput in) {
        return switch (in.refreshPolicy()) {
            case ExternalSecretSpec.CREATED_ONCE ->
                    in.neverSynced() ? Optional.of(SyncReason.NEVER_SYNCED) : Optional.empty();
            case ExternalSecretSpec.ON_CHANGE -> {
                if (in.neverSynced()) {
                    yield Optional.of(SyncReason.NEVER_SYNCED);
                }
                yield in.changed() ? Optional.of(SyncReason.CHANGED) : Optional.empty();
            }
            default -> periodicReason(in);
        };
    }

    private static Optional<SyncReason> periodicReason(SyncInput in) {
        boolean synced = !in.syncedResourceVersion().isEmpty();
        if (synced && !isPositive(in.refreshInterval())) {
            // An interval of zero means once: not even a change asks for another sync.
            return Optional.empty();
        }
        if (!synced || in.lastRefresh().isEmpty()) {
            return Optional.of(
                    synced && in.changed() ? SyncReason.CHANGED : SyncReason.NEVER_SYNCED);
        }
        if (in.changed()) {
            return Optional.of(SyncReason.CHANGED);
        }
        if (in.lastRefresh().get().isAfter(in.now())) {
            return Optional.of(SyncReason.CLOCK_WENT_BACK);
        }
        // Windows hold back this refresh alone: a change is never made to wait.
        return intervalIsOver(in) && in.windows().isOpen(in.now())
                ? Optional.of(SyncReason.INTERVAL_OVER)
                : Optional.empty();
    }

    private static boolean intervalIsOver(SyncInput in) {
        return isPeriodic(in.refreshPolicy())
                && isPositive(in.refreshInterval())
                && in.lastRefresh()
                        .filter(last -> !last.plus(in.refreshInterval()).isAfter(in.now()))
                        .isPresent();
    }

    private static Optional<SyncReason> targetReason(SyncInput in) {
        TargetState target = in.target();
        return switch (in.creationPolicy()) {
            case ExternalSecretTarget.ORPHAN, ExternalSecretTarget.NONE -> Optional.empty();
            default -> {
                if (!target.exists()) {
                    yield Optional.of(SyncReason.TARGET_MISSING);
                }
                if (!target.managed()) {
                    yield Optional.of(SyncReason.TARGET_UNMARKED);
                }
                yield target.unchanged()
                        ? Optional.empty()
                        : Optional.of(SyncReason.TARGET_CHANGED);
            }
        };
    }

    private static boolean isPeriodic(String refreshPolicy) {
        return !refreshPolicy.equals(ExternalSecretSpec.CREATED_ONCE)
                && !refreshPolicy.equals(ExternalSecretSpec.ON_CHANGE);
    }

    private static boolean isPositive(Duration interval) {
        return interval.isPositive();
    }
}
