package dev.signet.operator.refresh;

/**
 * The name of one object in the cluster.
 *
 * @param namespace its namespace; empty for a cluster-scoped object
 * @param name its name
 */
public record ObjectKey(String namespace, String name) {

    /** {@code namespace/name}, or the name alone when the object is cluster-scoped. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
