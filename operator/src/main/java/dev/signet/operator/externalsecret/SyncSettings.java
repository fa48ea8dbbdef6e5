package dev.signet.operator.externalsecret;

import dev.signet.operator.store.StoreSettings;

/**
 * How ExternalSecrets are served.
 *
 * @param concurrent the most syncs at once
 * @param floodGate whether an ExternalSecret waits until its store is Ready
 * @param refreshesPerSecond the most periodic refreshes and retries started each second for one store; 0 for no limit
 */
public record SyncSettings(
        StoreSettings stores, int concurrent, boolean floodGate, double refreshesPerSecond) {}
