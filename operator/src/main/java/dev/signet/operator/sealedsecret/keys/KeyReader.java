package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads keys out of Secrets, each state of a Secret once. What cannot be read is told and left out.
 * For one thread.
 */
final class KeyReader {

    private final KeySettings settings;
    private Map<String, State> states = Map.of();

    KeyReader(KeySettings settings) {
        this.settings = settings;
    }

    /** A key Secret that is of no use in this state. */
    record Broken(Secret secret, String why) {}

    /**
     * What was read.
     *
     * @param newest the time of the newest key, by the order that is set
     * @param broken those that were not known to be broken in this state
     */
    record Reading(KeyRing ring, Optional<Instant> newest, List<Broken> broken) {}

    private record State(String version, Optional<HeldKey> key) {}

    /** Reads the active keys among these Secrets. */
    Reading read(Collection<Secret> secrets) {
        Map<String, State> read = new HashMap<>();
        List<Broken> broken = new ArrayList<>();
        for (Secret secret : secrets) {
            if (!KeySecrets.isActive(secret, settings.prefix())) {
                continue;
            }
            ObjectMeta meta = secret.getMetadata();
            String version = meta.getUid() + "/" + meta.getResourceVersion();
            State known = states.get(meta.getName());
            if (known == null || !known.version().equals(version)) {
                known = new State(version, parsed(secret, broken));
            }
            read.put(meta.getName(), known);
        }
        states = read;
        List<HeldKey> ordered =
                read.values().stream()
                        .flatMap(state -> state.key().stream())
                        .sorted(newestFirst(settings.order()))
                        .toList();
        Map<String, UnsealingKey> distinct = new LinkedHashMap<>();
        ordered.forEach(held -> distinct.putIfAbsent(held.key().fingerprint(), held.key()));
        return new Reading(
                new KeyRing(List.copyOf(distinct.values())),
                ordered.stream().findFirst().map(held -> held.time(settings.order())),
                broken);
    }

    private static Optional<HeldKey> parsed(Secret secret, List<Broken> broken) {
        try {
            return Optional.of(KeySecrets.read(secret));
        } catch (SealedFormatException e) {
            broken.add(new Broken(secret, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private static Comparator<HeldKey> newestFirst(KeyOrder order) {
        return Comparator.comparing((HeldKey held) -> held.time(order))
                .thenComparing(held -> held.time(KeyOrder.CERT_NOT_BEFORE))
                .thenComparing(HeldKey::created)
                .reversed()
                .thenComparing(held -> held.key().name());
    }
}
