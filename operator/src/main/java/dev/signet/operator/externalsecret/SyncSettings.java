package dev.signet.operator.externalsecret;

import dev.signet.api.StoreRef;
import dev.signet.operator.refresh.StoreRates;
import dev.signet.operator.store.StoreSettings;
import org.jspecify.annotations.Nullable;

/**
 * How ExternalSecrets are served.
 *
 * @param concurrent the most syncs at once
 * @param floodGate whether an ExternalSecret waits until its store is Ready
 * @param refreshesPerSecond the most periodic refreshes and retries started each second for one
 *     store; 0 for no limit
 * @param fallbackStore serves in the place of stores that name no fallback; null for none
 */
public record SyncSettings(
        StoreSettings stores,
        int concurrent,
        boolean floodGate,
        double refreshesPerSecond,
        @Nullable StoreRef fallbackStore) {

    /** The places for syncs; at least two, so that a refresh never takes the only one. */
    int places() {
        return Math.max(2, concurrent);
    }

    StoreRates.Rate rate() {
        return refreshesPerSecond > 0
                ? new StoreRates.Rate(refreshesPerSecond, (int) Math.max(1, refreshesPerSecond))
                : StoreRates.Rate.UNLIMITED;
    }
}
