package dev.signet.provider.vault;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** References that live in memory; a Secret's key is {@code name/key}. */
final class FakeReferences implements References {

    /** Makes the token of a ServiceAccount. */
    @FunctionalInterface
    interface Tokens {
        String token(Reference.ServiceAccount account, List<String> audiences, Duration lifetime);
    }

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> annotations = new ConcurrentHashMap<>();
    private final Map<String, String> configMaps = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();
    private volatile boolean ownTokenDenied;
    private volatile Tokens tokens =
            (account, audiences, lifetime) -> {
                throw new IllegalStateException("no tokens here");
            };

    FakeReferences secret(String nameAndKey, String value) {
        secrets.put(nameAndKey, value);
        return this;
    }

    FakeReferences configMap(String nameAndKey, String value) {
        configMaps.put(nameAndKey, value);
        return this;
    }

    FakeReferences tokens(Tokens source) {
        this.tokens = source;
        return this;
    }

    /** Writes an annotation of a ServiceAccount. */
    FakeReferences annotation(String account, String name, String value) {
        annotations.computeIfAbsent(account, _ -> new ConcurrentHashMap<>()).put(name, value);
        return this;
    }

    /** As for a SecretStore, which may not act as the operator. */
    FakeReferences denyOwnToken() {
        this.ownTokenDenied = true;
        return this;
    }

    void forget(String nameAndKey) {
        secrets.remove(nameAndKey);
    }

    @Override
    public SecretValue read(Reference.SecretKey reference) throws ReferenceException {
        reads.incrementAndGet();
        return value(secrets, "Secret", reference.name() + "/" + reference.key());
    }

    @Override
    public SecretValue read(Reference.ConfigMapKey reference) throws ReferenceException {
        return value(configMaps, "ConfigMap", reference.name() + "/" + reference.key());
    }

    @Override
    public SecretValue token(
            Reference.ServiceAccount reference, List<String> audiences, Duration lifetime) {
        return SecretValue.ofUtf8(tokens.token(reference, audiences, lifetime));
    }

    @Override
    public Map<String, String> annotations(Reference.ServiceAccount reference) {
        return annotations.getOrDefault(reference.name(), Map.of());
    }

    @Override
    public SecretValue ownToken() throws ReferenceException {
        if (ownTokenDenied) {
            throw new ReferenceException(
                    ReferenceException.Cause.DENIED, "only a ClusterSecretStore may");
        }
        return value(secrets, "file", "own/token");
    }

    private static SecretValue value(Map<String, String> from, String kind, String key)
            throws ReferenceException {
        String value = from.get(key);
        if (value == null) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING, kind + " " + key + " does not exist");
        }
        return SecretValue.ofUtf8(value);
    }
}
