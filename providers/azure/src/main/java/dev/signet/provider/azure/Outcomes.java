package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Missing;
import dev.signet.provider.ReadOutcome.Unavailable;
import java.util.function.Function;

/** Steps from one outcome to the next. */
final class Outcomes {

    private Outcomes() {}

    /** Goes on with what was found; anything else stays as it is. */
    static <T, U> ReadOutcome<U> then(ReadOutcome<T> outcome, Function<T, ReadOutcome<U>> next) {
        return outcome instanceof Found<T>(T value) ? next.apply(value) : outcome.withoutValue();
    }

    /** A defect that an answer brought to light; its text may hold a part of the answer. */
    static <T> ReadOutcome<T> unexpected(RuntimeException e) {
        return new Unavailable<>(
                "the answer of Key Vault cannot be used (%s)"
                        .formatted(e.getClass().getSimpleName()));
    }

    /** What an outcome that found nothing says. */
    static String reason(ReadOutcome<?> outcome) {
        return switch (outcome) {
            case Found<?> found -> "";
            case Missing<?>(String what) -> "there is no " + what;
            case Denied<?>(String reason) -> reason;
            case Unavailable<?>(String reason, var retryAfter) -> reason;
            case Invalid<?>(String reason) -> reason;
        };
    }
}
