package dev.signet.system;

/** A kind of object, and where the API server keeps it. */
enum Kind {
    SECRET("/api/v1", "secrets", true),
    CONFIG_MAP("/api/v1", "configmaps", true),
    SERVICE_ACCOUNT("/api/v1", "serviceaccounts", true),
    EVENT("/api/v1", "events", true),
    EXTERNAL_SECRET("/apis/external-secrets.io/v1", "externalsecrets", true),
    SECRET_STORE("/apis/external-secrets.io/v1", "secretstores", true),
    CLUSTER_SECRET_STORE("/apis/external-secrets.io/v1", "clustersecretstores", false),
    SEALED_SECRET("/apis/bitnami.com/v1alpha1", "sealedsecrets", true);

    private final String group;
    private final String plural;
    private final boolean namespaced;

    Kind(String group, String plural, boolean namespaced) {
        this.group = group;
        this.plural = plural;
        this.namespaced = namespaced;
    }

    /** The kind of this name, as a manifest has it. */
    static Kind of(String manifest) {
        return valueOf(
                manifest.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT));
    }

    /** The path of all objects of this kind, in a namespace where the kind has them. */
    String path(String namespace) {
        return namespaced
                ? group + "/namespaces/" + namespace + "/" + plural
                : group + "/" + plural;
    }

    /** The path of one object. */
    String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }
}
