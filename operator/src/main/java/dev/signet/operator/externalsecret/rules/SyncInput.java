package dev.signet.operator.externalsecret.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that decides whether an ExternalSecret is synced now.
 *
 * @param refreshPolicy as in the spec; empty is {@code Periodic}
 * @param refreshInterval time between refreshes; zero or less for a single sync
 * @param creationPolicy as in the spec
 * @param windows when periodic refreshes may run
 * @param refreshTime when the last sync that succeeded began; null for never
 * @param syncedResourceVersion {@link GoHash#syncedResourceVersion} at that sync; empty for never
 * @param resourceVersion {@link GoHash#syncedResourceVersion} now
 * @param target the target as it is
 * @param now the time
 */
public record SyncInput(
        String refreshPolicy,
        Duration refreshInterval,
        String creationPolicy,
        RefreshWindows windows,
        @Nullable Instant refreshTime,
        String syncedResourceVersion,
        String resourceVersion,
        TargetState target,
        Instant now) {

    boolean neverSynced() {
        return syncedResourceVersion.isEmpty() || refreshTime == null;
    }

    boolean changed() {
        return !syncedResourceVersion.equals(resourceVersion);
    }

    Optional<Instant> lastRefresh() {
        return Optional.ofNullable(refreshTime);
    }
}
