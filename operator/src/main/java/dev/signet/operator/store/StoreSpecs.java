package dev.signet.operator.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.store.StoreProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the specs of stores say; each is read once for a generation, for it is used at each sync.
 */
final class StoreSpecs {

    private final Providers providers;
    private final ObjectMapper mapper;
    private final ConcurrentMap<StoreKey, Known> known = new ConcurrentHashMap<>();

    /** A spec as its provider reads it, free of problems that can be seen without I/O. */
    record Resolved<S>(SecretProvider<S> provider, S spec, List<Reference> references) {

        SecretClient open(StoreContext context) {
            return provider.open(spec, context);
        }
    }

    private record Known(String uid, long generation, Resolved<?> resolved) {

        boolean isOf(Store store) {
            return store.generation() > 0
                    && generation == store.generation()
                    && uid.equals(store.uid());
        }
    }

    StoreSpecs(Providers providers, ObjectMapper mapper) {
        this.providers = providers;
        this.mapper = mapper;
    }

    /** The stores that give sealed values, of all that were asked about. */
    List<StoreKey> servingSealed() {
        return known.entrySet().stream()
                .filter(entry ->
                        entry.getValue().resolved().references().stream()
                                .anyMatch(Reference.SealedSecrets.class::isInstance))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The store is gone. */
    void forget(StoreKey store) {
        known.remove(store);
    }

    /** What the store says. */
    Resolved<?> of(Store store) throws StoreProblemException {
        Known last = known.get(store.key());
        if (last != null && last.isOf(store)) {
            return last.resolved();
        }
        Resolved<?> resolved = read(store);
        known.put(store.key(), new Known(store.uid(), store.generation(), resolved));
        return resolved;
    }

    private Resolved<?> read(Store store) throws StoreProblemException {
        StoreProvider named = store.spec().provider();
        if (named == null || named.name().isEmpty()) {
            throw new StoreProblemException(
                    "%s: spec.provider must name exactly one provider".formatted(store.key()));
        }
        SecretProvider<?> provider =
                providers
                        .named(named.name())
                        .orElseThrow(() ->
                                new StoreProblemException(
                                        "%s: spec.provider.%s is not supported by this operator, which has: %s"
                                                .formatted(
                                                        store.key(),
                                                        named.name(),
                                                        String.join(", ", providers.names()))));
        return read(store, provider, named.content());
    }

    private <S> Resolved<S> read(Store store, SecretProvider<S> provider, JsonNode node)
            throws StoreProblemException {
        if (!node.isObject()) {
            throw new StoreProblemException(
                    "%s: spec.provider.%s must be an object"
                            .formatted(store.key(), provider.name()));
        }
        S spec;
        try {
            spec = mapper.treeToValue(node, provider.specType());
        } catch (JsonProcessingException e) {
            throw new StoreProblemException(
                    "%s: spec.provider.%s cannot be read: %s"
                            .formatted(store.key(), provider.name(), e.getOriginalMessage()));
        }
        List<String> problems = provider.problems(spec);
        if (!problems.isEmpty()) {
            throw new StoreProblemException(
                    "%s: %s".formatted(store.key(), String.join("; ", problems)));
        }
        return new Resolved<>(provider, spec, provider.references(spec));
    }
}
