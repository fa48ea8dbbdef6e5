package dev.signet.operator.externalsecret;

import dev.signet.operator.kube.KubernetesErrors;
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

    /** The stores, when all are there, ready, and open to the namespace. */
    Map<StoreKey, Store> pass(Set<StoreKey> keys, String namespace) throws SyncException {
        Map<StoreKey, Store> stores = new LinkedHashMap<>();
        for (StoreKey key : keys) {
            Store store =
                    catalog.find(key)
                            .orElseThrow(() ->
                                    SyncException.passing(
                                            SyncException.READ,
                                            "%s does not exist; create it, or mend the reference to it"
                                                    .formatted(key)));
            checkReady(store);
            checkAccess(store, namespace);
            stores.put(key, store);
        }
        return stores;
    }

    private void checkReady(Store store) throws SyncException {
        if (!settings.floodGate() || store.readiness() == Store.Readiness.READY) {
            return;
        }
        String why = store.verdict().isEmpty() ? "it has not been validated yet" : store.verdict();
        throw SyncException.passing(
                SyncException.READ,
                "%s \"%s\" is not ready: %s"
                        .formatted(store.key().kind().text(), store.key().name(), why));
    }

    private void checkAccess(Store store, String namespace) throws SyncException {
        if (store.key().kind() == StoreKind.SECRET_STORE) {
            return;
        }
        try {
            if (!access.allows(store, namespace)) {
                throw SyncException.passing(
                        SyncException.READ,
                        "using ClusterSecretStore \"%s\" is not allowed from namespace \"%s\": denied by spec.conditions of the store"
                                .formatted(store.key().name(), namespace));
            }
        } catch (StoreProblemException e) {
            throw SyncException.passing(SyncException.READ, e.text());
        } catch (KubernetesClientException e) {
            throw SyncException.passing(
                    SyncException.READ,
                    "cannot read the labels of namespace %s: %s"
                            .formatted(namespace, KubernetesErrors.text(e)));
        }
    }
}
