package dev.signet.operator.externalsecret;

import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.store.FallbackCause;
import dev.signet.operator.store.StoreKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which ExternalSecrets have turned to which fallbacks, so that news of a fallback reaches them,
 * and the figures of that. Safe for any number of threads.
 */
final class FallbackUse {

    private final ConcurrentMap<ObjectKey, Set<StoreKey>> turned = new ConcurrentHashMap<>();
    private final Set<ObjectKey> served = ConcurrentHashMap.newKeySet();
    private final MeterRegistry registry;

    FallbackUse(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("signet.fallback.externalsecrets", served, Set::size)
                .description("ExternalSecrets whose values come from a fallback")
                .strongReference(true)
                .register(registry);
    }

    /** It asks this fallback, whatever comes of it. */
    void turned(ObjectKey key, StoreKey fallback) {
        turned.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(fallback);
    }

    /** It has been synced with what these gave; with what its own stores gave if there are none. */
    void synced(ObjectKey key, List<Substitute> substitutes) {
        if (substitutes.isEmpty()) {
            forget(key);
            return;
        }
        served.add(key);
        for (Substitute substitute : substitutes) {
            count(substitute.cause());
        }
    }

    void forget(ObjectKey key) {
        turned.remove(key);
        served.remove(key);
    }

    /**
     * Those that have turned to this fallback and have not been served by their own store since.
     */
    List<ObjectKey> of(StoreKey fallback) {
        return turned.entrySet().stream()
                .filter(entry -> entry.getValue().contains(fallback))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void count(FallbackCause cause) {
        Counter.builder("signet.fallback.reads")
                .description("Syncs with values of a fallback, by the cause")
                .tag("cause", cause.text())
                .register(registry)
                .increment();
    }
}
