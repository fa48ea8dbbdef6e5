package dev.signet.provider;

import java.time.Duration;

/**
 * How often a call that failed in transit is repeated within one read ({@code spec.retrySettings}).
 *
 * @param maxRetries repeats after the first try; 0 for none
 * @param interval the pause before a repeat
 */
public record RetrySettings(int maxRetries, Duration interval) {

    /** No repeats: the operator's own back-off decides when to come back. */
    public static final RetrySettings NONE = new RetrySettings(0, Duration.ZERO);
}
