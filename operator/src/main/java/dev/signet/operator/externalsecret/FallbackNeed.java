package dev.signet.operator.externalsecret;

import dev.signet.operator.store.FallbackCause;
import dev.signet.provider.ReadOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Why a store's answers call for its fallback.
 *
 * @param detail what was said of it
 */
record FallbackNeed(FallbackCause cause, String detail) {

    /** Asks whether the credentials that the store names are there; says what is not. */
    @FunctionalInterface
    interface Credentials {
        Optional<String> absent() throws InterruptedException;
    }

    /**
     * What the answers of one store call for. One that is denied settles it: a store that refuses
     * access is there and has been understood, and then nothing serves in its place.
     *
     * @param on what the fallback may be used for
     * @param leftAlone whether the store is not asked at present, as it gave no answers
     * @param credentials asked only where an answer may be due to their absence
     */
    static Optional<FallbackNeed> of(
            Collection<ReadOutcome<?>> answers,
            Set<FallbackCause> on,
            BooleanSupplier leftAlone,
            Credentials credentials)
            throws InterruptedException {
        List<FallbackNeed> needs = new ArrayList<>();
        boolean invalid = false;
        for (ReadOutcome<?> answer : answers) {
            switch (answer) {
                case ReadOutcome.Denied<?> denied -> {
                    return Optional.empty();
                }
                case ReadOutcome.Unavailable<?> away -> {
                    // One that says when to come back is there: it is only asked too often, which
                    // one tenant can bring about for all.
                    if (away.retryAfter().isEmpty() || leftAlone.getAsBoolean()) {
                        needs.add(new FallbackNeed(FallbackCause.UNREACHABLE, away.reason()));
                    }
                }
                case ReadOutcome.Missing<?> gone ->
                        needs.add(
                                new FallbackNeed(
                                        FallbackCause.MISSING, "there is no " + gone.what()));
                case ReadOutcome.Invalid<?> unusable -> invalid = true;
                case ReadOutcome.Found<?> found -> {}
            }
        }
        if (invalid && on.contains(FallbackCause.NOT_CONFIGURED)) {
            Optional<String> absent = credentials.absent();
            if (absent.isPresent()) {
                return Optional.of(new FallbackNeed(FallbackCause.NOT_CONFIGURED, absent.get()));
            }
        }
        return needs.stream().filter(need -> on.contains(need.cause())).findFirst();
    }
}
