package dev.signet.operator.sealedsecret;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which state each Secret is in, in about 150 bytes, however large it is. What the watch hands in
 * is given back with its name, UID and resource version alone.
 */
final class SecretStates implements ItemStore<GenericKubernetesResource> {

    private final ConcurrentMap<String, State> states = new ConcurrentHashMap<>();

    /**
     * A state of a Secret.
     *
     * @param version the resource version; 0 where it is no number
     */
    record State(long uidHigh, long uidLow, long version) {

        static State of(@Nullable String uid, @Nullable String version) {
            UUID id = uuid(uid == null ? "" : uid);
            return new State(
                    id.getMostSignificantBits(),
                    id.getLeastSignificantBits(),
                    number(version == null ? "" : version));
        }

        /** Whether both are states of the same Secret. */
        boolean sameSecret(State other) {
            return uidHigh == other.uidHigh && uidLow == other.uidLow;
        }

        /** Whether this state is followed by the other. False where that cannot be told. */
        boolean isBefore(State other) {
            return sameSecret(other)
                    && version != 0
                    && Long.compareUnsigned(version, other.version) < 0;
        }

        private static UUID uuid(String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                return UUID.nameUUIDFromBytes(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }

        private static long number(String text) {
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    /** The state that the watch has last brought; empty where there is no such Secret. */
    Optional<State> find(String namespace, String name) {
        return Optional.ofNullable(states.get(Cache.namespaceKeyFunc(namespace, name)));
    }

    @Override
    public String getKey(GenericKubernetesResource secret) {
        return Cache.metaNamespaceKeyFunc(secret);
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource secret) {
        ObjectMeta meta = secret.getMetadata();
        State before = states.put(key, State.of(meta.getUid(), meta.getResourceVersion()));
        // Handlers are given this very object, and it may wait for them.
        secret.setMetadata(named(meta.getNamespace(), meta.getName()));
        secret.getMetadata().setUid(meta.getUid());
        secret.getMetadata().setResourceVersion(meta.getResourceVersion());
        return before == null ? null : resource(key, before);
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        State state = states.remove(key);
        return state == null ? null : resource(key, state);
    }

    @Override
    public Stream<String> keySet() {
        return states.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return states.entrySet().stream().map(entry -> resource(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return states.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        State state = states.get(key);
        return state == null ? null : resource(key, state);
    }

    private static GenericKubernetesResource resource(String key, State state) {
        int slash = key.indexOf('/');
        GenericKubernetesResource secret = new GenericKubernetesResource();
        secret.setMetadata(named(key.substring(0, slash), key.substring(slash + 1)));
        secret.getMetadata().setUid(new UUID(state.uidHigh(), state.uidLow()).toString());
        secret.getMetadata().setResourceVersion(Long.toUnsignedString(state.version()));
        return secret;
    }

    private static ObjectMeta named(String namespace, String name) {
        ObjectMeta meta = new ObjectMeta();
        meta.setNamespace(namespace);
        meta.setName(name);
        return meta;
    }
}
