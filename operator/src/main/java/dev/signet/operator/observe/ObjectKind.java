package dev.signet.operator.observe;

/** The kinds of objects that have metrics of their own. */
public enum ObjectKind {
    /** ExternalSecret. */
    EXTERNAL_SECRET("externalsecret", "ExternalSecret"),
    /** SecretStore. */
    SECRET_STORE("secretstore", "SecretStore"),
    /** ClusterSecretStore. */
    CLUSTER_SECRET_STORE("clustersecretstore", "ClusterSecretStore"),
    /** ClusterExternalSecret. */
    CLUSTER_EXTERNAL_SECRET("clusterexternalsecret", "ClusterExternalSecret"),
    /** PushSecret. */
    PUSH_SECRET("pushsecret", "PushSecret"),
    /** ClusterPushSecret. */
    CLUSTER_PUSH_SECRET("clusterpushsecret", "ClusterPushSecret");

    private final String prefix;
    private final String displayName;

    ObjectKind(String prefix, String displayName) {
        this.prefix = prefix;
        this.displayName = displayName;
    }

    /** What its metrics begin with; also the value of the label {@code controller}. */
    public String prefix() {
        return prefix;
    }

    String displayName() {
        return displayName;
    }
}
