package dev.signet.operator.externalsecret.rules;

import dev.signet.api.ExternalSecretTarget;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels and annotations of a target that has no template: those of the ExternalSecret, all of
 * them, and the marks. What others have put there stays; what we had put there and no longer want
 * goes.
 *
 * @param namespace of the ExternalSecret
 * @param name of the ExternalSecret
 * @param labels of the ExternalSecret
 * @param annotations of the ExternalSecret
 */
public record TargetMetadata(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public TargetMetadata {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** The labels of the target, given those that it has. */
    SortedMap<String, String> labels(
            Map<String, String> existing, OwnedKeys owned, String creationPolicy) {
        SortedMap<String, String> result = new TreeMap<>(GoPrint.KEY_ORDER);
        result.putAll(existing);
        result.keySet().removeAll(owned.labels());
        result.putAll(labels);
        result.put(Marks.MANAGED_LABEL, Marks.MANAGED_VALUE);
        if (creationPolicy.equals(ExternalSecretTarget.OWNER)) {
            result.put(Marks.OWNER_LABEL, GoHash.owner(namespace, name));
        } else {
            // It may be left from when the policy was another, or copied from the ExternalSecret.
            result.remove(Marks.OWNER_LABEL);
        }
        return result;
    }

    /** The annotations of the target, given those that it has and the hash of its data to be. */
    SortedMap<String, String> annotations(
            Map<String, String> existing, OwnedKeys owned, String dataHash) {
        SortedMap<String, String> result = new TreeMap<>(GoPrint.KEY_ORDER);
        result.putAll(existing);
        result.keySet().removeAll(owned.annotations());
        result.putAll(annotations);
        result.put(Marks.DATA_HASH_ANNOTATION, dataHash);
        return result;
    }
}
