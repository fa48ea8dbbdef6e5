package dev.signet.operator.store;

/** The two kinds of store. */
public enum StoreKind {
    SECRET_STORE("SecretStore"),
    CLUSTER_SECRET_STORE("ClusterSecretStore");

    private final String text;

    StoreKind(String text) {
        this.text = text;
    }

    /** The kind as manifests write it. */
    public String text() {
        return text;
    }

    /** The kind that a {@code secretStoreRef.kind} means; empty means SecretStore. */
    public static StoreKind of(String text) {
        return CLUSTER_SECRET_STORE.text.equals(text) ? CLUSTER_SECRET_STORE : SECRET_STORE;
    }
}
