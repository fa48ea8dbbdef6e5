package dev.signet.rest;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RetrySettings;
import java.time.Duration;

/** Repeats a call that failed in transit, as {@code spec.retrySettings} has it, within bounds. */
public final class Retries {

    /** One try. */
    @FunctionalInterface
    public interface Try<T> {

        /** Its outcome. */
        ReadOutcome<T> run() throws InterruptedException;
    }

    /** Longer pauses are the operator's own to make: a reader holds a worker while it waits. */
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);

    private static final int MAX_RETRIES = 10;

    private final int repeats;
    private final Duration interval;

    /** Ten repeats, ten seconds apart, at most. */
    public Retries(RetrySettings settings) {
        this.repeats = Math.clamp(settings.maxRetries(), 0, MAX_RETRIES);
        Duration least = settings.interval().isNegative() ? Duration.ZERO : settings.interval();
        this.interval = least.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : least;
    }

    /**
     * The first outcome that is not Unavailable, or the last. A server that asks for a longer pause
     * than the settings give is left alone: the caller knows better when to come back.
     */
    public <T> ReadOutcome<T> run(Try<T> call) throws InterruptedException {
        ReadOutcome<T> outcome = call.run();
        for (int repeat = 0; repeat < repeats && worthwhile(outcome); repeat++) {
            Thread.sleep(interval);
            outcome = call.run();
        }
        return outcome;
    }

    private boolean worthwhile(ReadOutcome<?> outcome) {
        return outcome instanceof ReadOutcome.Unavailable<?>(String reason, var retryAfter)
                && retryAfter.orElse(Duration.ZERO).compareTo(interval) <= 0;
    }
}
