package dev.signet.operator.store;

/**
 * Names one store.
 *
 * @param namespace empty for a ClusterSecretStore
 */
public record StoreKey(StoreKind kind, String namespace, String name) {

    /** The store that a reference made in {@code namespace} means. */
    public static StoreKey of(String kind, String name, String namespace) {
        StoreKind storeKind = StoreKind.of(kind);
        return new StoreKey(storeKind, storeKind == StoreKind.SECRET_STORE ? namespace : "", name);
    }

    /** As messages name it: {@code SecretStore team-a/vault}. */
    @Override
    public String toString() {
        return kind.text() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
