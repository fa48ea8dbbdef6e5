package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.StatusCondition;
import dev.signet.operator.externalsecret.rules.RefreshWindows;
import dev.signet.operator.externalsecret.rules.SyncDecision;
import dev.signet.operator.externalsecret.rules.SyncInput;
import dev.signet.operator.externalsecret.rules.SyncReason;
import dev.signet.operator.refresh.Jitter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first step: whether a sync is due now, and when the next one is. */
final class DueStep {

    /** How often the stores are tried while a fallback serves, if not more often anyway. */
    static final Duration WITH_FALLBACK = Duration.ofMinutes(1);

    private final TargetCache targets;
    private final StatusStep status;
    private final Jitter jitter;
    private final Clock clock;

    DueStep(TargetCache targets, StatusStep status, Jitter jitter, Clock clock) {
        this.targets = targets;
        this.status = status;
        this.jitter = jitter;
        this.clock = clock;
    }

    /** When to look again, if no sync is due now. */
    Optional<Next> later(Look look, Ask ask) {
        return switch (SyncDecision.of(input(look, ask))) {
            case SyncDecision.Sync due when isAbsentByPolicy(look, due, ask) ->
                    Optional.of(afterLast(look));
            case SyncDecision.Sync due -> {
                boolean refresh = due.reason() == SyncReason.INTERVAL_OVER;
                // A refresh waits its turn in the queue, so that new and changed objects go first.
                yield refresh && !ask.granted()
                        ? Optional.of(new Next.Refresh(look.begun()))
                        : Optional.empty();
            }
            case SyncDecision.Skip skip -> skipped(look, ask);
        };
    }

    /** When to look again after a sync at {@code refreshTime}; never if there was none. */
    Next after(Look look, @Nullable Instant refreshTime) {
        if (refreshTime == null) {
            return new Next.Never();
        }
        return SyncDecision.nextDue(
                        look.spec().refreshPolicy(),
                        jitter.spread(look.interval()),
                        RefreshWindows.of(look.spec().syncWindows()),
                        refreshTime,
                        clock.instant())
                .<Next>map(Next.Refresh::new)
                .orElseGet(Next.Never::new);
    }

    /** When to look again after a sync in which a fallback served. */
    Next afterFallback(Look look) {
        return new Next.Refresh(look.begun().plus(jitter.spread(intervalWithFallback(look))));
    }

    private static Duration intervalWithFallback(Look look) {
        return look.repeats() && look.interval().compareTo(WITH_FALLBACK) < 0
                ? look.interval()
                : WITH_FALLBACK;
    }

    private boolean hasFallback(Look look) {
        return targets.origin(look.es()) == TargetCache.Origin.FALLBACK;
    }

    private SyncInput input(Look look, Ask ask) {
        boolean fallback = hasFallback(look);
        Duration interval = fallback ? intervalWithFallback(look) : look.interval();
        return new SyncInput(
                fallback ? ExternalSecretSpec.PERIODIC : look.spec().refreshPolicy(),
                // A refresh that the queue lets go a little early, to spread many, is due.
                ask.granted() ? Jitter.earliest(interval) : interval,
                look.spec().target().creationPolicy(),
                RefreshWindows.of(look.spec().syncWindows()),
                instant(look.before().refreshTime()),
                look.before().syncedResourceVersion(),
                look.version(),
                targets.state(look.namespace(), Targets.nameOf(look.es())),
                look.begun());
    }

    /** Whether the target is missing because the last sync left it so, and no refresh is due. */
    private static boolean isAbsentByPolicy(Look look, SyncDecision.Sync due, Ask ask) {
        return due.reason() == SyncReason.TARGET_MISSING
                && !ask.forced()
                && look.before()
                        .condition(StatusCondition.READY)
                        .filter(StatusCondition::isTrue)
                        .filter(ready -> Reasons.WITHOUT_TARGET.contains(ready.message()))
                        .isPresent();
    }

    private Optional<Next> skipped(Look look, Ask ask) {
        Optional<StatusCondition> ready = look.before().condition(StatusCondition.READY);
        boolean failing = ready.filter(found -> !found.isTrue()).isPresent();
        ready.ifPresent(found -> status.stays(look, found.isTrue()));
        boolean fallback = hasFallback(look);
        if ((ask.forced() || failing) && (look.repeats() || fallback)) {
            return Optional.empty();
        }
        if (failing) {
            // It is read once only, and what had failed since is mended.
            status.recovered(look);
        }
        return Optional.of(fallback ? afterFallback(look) : afterLast(look));
    }

    private Next afterLast(Look look) {
        return after(look, instant(look.before().refreshTime()));
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
