package dev.signet.operator.externalsecret.rules;

/**
 * The labels and annotations by which a target Secret is known, as External Secrets writes them. An
 * installation that takes over from it, or hands back to it, relies on each letter.
 */
public final class Marks {

    /**
     * The label on every target, under each creation policy; its value is {@link #MANAGED_VALUE}.
     */
    public static final String MANAGED_LABEL = "reconcile.external-secrets.io/managed";

    /** The value of {@link #MANAGED_LABEL}. */
    public static final String MANAGED_VALUE = "true";

    /**
     * The label that leads from a target to the ExternalSecret that owns it ({@link GoHash#owner});
     * only under {@code creationPolicy: Owner}.
     */
    public static final String OWNER_LABEL = "reconcile.external-secrets.io/created-by";

    /** The annotation that holds {@link GoHash#data} of all data in the target. */
    public static final String DATA_HASH_ANNOTATION = "reconcile.external-secrets.io/data-hash";

    /** The finalizer on an ExternalSecret whose deletion must take its target along. */
    public static final String FINALIZER =
            "externalsecrets.external-secrets.io/externalsecret-cleanup";

    private Marks() {}
}
