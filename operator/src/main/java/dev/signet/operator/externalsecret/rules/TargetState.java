package dev.signet.operator.externalsecret.rules;

import java.util.Map;

/**
 * The target as it is in the cluster, as far as it decides whether a sync is due.
 *
 * @param exists whether it is there
 * @param managed whether it has the label {@link Marks#MANAGED_LABEL}
 * @param unchanged whether the hash of its data is the one in its annotation {@link
 *     Marks#DATA_HASH_ANNOTATION}
 */
public record TargetState(boolean exists, boolean managed, boolean unchanged) {

    /** There is no such object. */
    public static final TargetState ABSENT = new TargetState(false, false, false);

    /**
     * A Secret in the cluster.
     *
     * @param dataHash {@link GoHash#data} of its data as it is now
     */
    public static TargetState of(
            Map<String, String> labels, Map<String, String> annotations, String dataHash) {
        return new TargetState(
                true,
                Marks.MANAGED_VALUE.equals(labels.get(Marks.MANAGED_LABEL)),
                dataHash.equals(annotations.get(Marks.DATA_HASH_ANNOTATION)));
    }
}
