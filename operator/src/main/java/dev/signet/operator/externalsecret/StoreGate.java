package dev.signet.operator.externalsecret;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.store.Fallback;
import dev.signet.operator.store.NamespaceAccess;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreCatalog;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreKind;
import dev.signet.operator.store.StoreProblemException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets an ExternalSecret through to its stores, or says why not. */
final class StoreGate {

    private final StoreCatalog catalog;
    private final NamespaceAccess access;
    private final SyncSettings settings;

    StoreGate(StoreCatalog catalog, NamespaceAccess access, SyncSettings settings) {
        this.catalog = catalog;
        this.access = access;
        this.settings = settings;
    }

    /** Whether one of the stores is another controller's, and so the ExternalSecret too. */
    boolean isForeign(Set<StoreKey> keys) {
        return keys.stream()
                .map(catalog::find)
                .flatMap(Optional::stream)
                .anyMatch(store -> !settings.stores().serves(store.spec().controller()));
    }

    /**
     * Whether a store has no verdict yet, as happens when it was made together with its
     * ExternalSecrets.
     */
    boolean isUndecided(Set<StoreKey> keys) {
        return settings.floodGate()
                && keys.stream()
                        .map(catalog::find)
                        .flatMap(Optional::stream)
                        .anyMatch(store -> store.readiness() == Store.Readiness.UNDECIDED);
    }

    /**
     * Whether a store is not there, and one that serves for all would be asked in its place: it may
     * be about to be made, together with its ExternalSecrets.
     */
    boolean isAwaited(Set<StoreKey> keys) {
        return settings.fallbackStore() != null
                && keys.stream().anyMatch(key -> catalog.find(key).isEmpty());
    }

    /**
     * The stores, when all are there, ready, and open to the namespace. One that has a fallback
     * need not be ready, or there: whether it can be read shows when it is.
     *
     * @param keeps whether the target is known to hold what came from the stores themselves
     */
    Map<StoreKey, Source> pass(Set<StoreKey> keys, String namespace, boolean keeps)
            throws SyncException {
        Map<StoreKey, Source> sources = new LinkedHashMap<>();
        for (StoreKey key : keys) {
            sources.put(key, source(key, namespace, keeps));
        }
        return sources;
    }

    private Source source(StoreKey key, String namespace, boolean keeps) throws SyncException {
        Optional<Store> found = catalog.find(key);
        Fallback fallback =
                Fallback.of(
                                key,
                                found.map(Store::fallback).orElse(null),
                                settings.fallbackStore(),
                                namespace)
                        .orElse(null);
        if (found.isEmpty()) {
            if (fallback == null) {
                throw SyncException.passing(SyncException.READ, absent(key));
            }
            return new Source(key, null, fallback);
        }
        Store store = found.get();
        if (fallback == null || (keeps && !fallback.replaces())) {
            checkReady(store, fallback);
        }
        checkAccess(store, namespace);
        return new Source(key, store, fallback);
    }

    /**
     * The store that is to serve in another's place.
     *
     * @throws StoreProblemException where it cannot: what is wrong with it
     */
    Store fallback(Fallback fallback, String namespace) throws StoreProblemException {
        if (!fallback.problem().isEmpty()) {
            throw new StoreProblemException(fallback.problem());
        }
        Store store =
                catalog.find(fallback.store())
                        .orElseThrow(() -> new StoreProblemException(absent(fallback.store())));
        if (!settings.stores().serves(store.spec().controller())) {
            throw new StoreProblemException(
                    "it is served by another controller, of the class "
                            + store.spec().controller());
        }
        if (settings.floodGate() && store.readiness() == Store.Readiness.NOT_READY) {
            throw new StoreProblemException("it is not ready: " + store.verdict());
        }
        String refusal = refusal(store, namespace);
        if (!refusal.isEmpty()) {
            throw new StoreProblemException(refusal);
        }
        return store;
    }

    private static String absent(StoreKey key) {
        return "%s does not exist; create it, or mend the reference to it".formatted(key);
    }

    private void checkReady(Store store, @Nullable Fallback fallback) throws SyncException {
        if (!settings.floodGate() || store.readiness() == Store.Readiness.READY) {
            return;
        }
        String why = store.verdict().isEmpty() ? "it has not been validated yet" : store.verdict();
        throw SyncException.passing(
                SyncException.READ,
                "%s \"%s\" is not ready: %s%s"
                        .formatted(
                                store.key().kind().text(),
                                store.key().name(),
                                why,
                                fallback == null
                                        ? ""
                                        : "; the fallback %s is left aside, as the target holds values of the store itself"
                                                .formatted(fallback.store())));
    }

    private void checkAccess(Store store, String namespace) throws SyncException {
        String refusal = refusal(store, namespace);
        if (!refusal.isEmpty()) {
            throw SyncException.passing(SyncException.READ, refusal);
        }
    }

    /** Why an object of the namespace may not use the store; empty where it may. */
    private String refusal(Store store, String namespace) {
        if (store.key().kind() == StoreKind.SECRET_STORE) {
            return "";
        }
        try {
            return access.allows(store, namespace)
                    ? ""
                    : "using ClusterSecretStore \"%s\" is not allowed from namespace \"%s\": denied by spec.conditions of the store"
                            .formatted(store.key().name(), namespace);
        } catch (StoreProblemException e) {
            return e.text();
        } catch (KubernetesClientException e) {
            return "cannot read the labels of namespace %s: %s"
                    .formatted(namespace, KubernetesErrors.text(e));
        }
    }
}
