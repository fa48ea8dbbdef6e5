package dev.signet.provider.vault;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RetrySettings;
import java.time.Duration;

/** Repeats a call that failed in transit, as {@code spec.retrySettings} has it. */
final class Retries {

    /** One try. */
    @FunctionalInterface
    interface Try<T> {
        ReadOutcome<T> run() throws InterruptedException;
    }

    private final RetrySettings settings;

    Retries(RetrySettings settings) {
        this.settings = settings;
    }

    /**
     * The first outcome that is not Unavailable, or the last. A server that asks for a longer pause
     * than the settings give is left alone: the caller knows better when to come back.
     */
    <T> ReadOutcome<T> run(Try<T> call) throws InterruptedException {
        ReadOutcome<T> outcome = call.run();
        for (int repeat = 0; repeat < settings.maxRetries() && worthwhile(outcome); repeat++) {
            Thread.sleep(settings.interval());
            outcome = call.run();
        }
        return outcome;
    }

    private boolean worthwhile(ReadOutcome<?> outcome) {
        return outcome instanceof ReadOutcome.Unavailable<?>(String reason, var retryAfter)
                && retryAfter.orElse(Duration.ZERO).compareTo(settings.interval()) <= 0;
    }
}
