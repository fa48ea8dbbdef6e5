package dev.signet.operator.externalsecret.rules;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Secret as it is in the cluster.
 *
 * @param data its data, decoded
 * @param type its type
 * @param immutable whether the API server refuses changes of its data
 * @param owned what the field manager of the ExternalSecret ({@link FieldManagers}) has written
 */
public record ActualTarget(
        SortedMap<String, byte[]> data,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String type,
        boolean immutable,
        OwnedKeys owned) {

    /** Takes copies of the maps. */
    public ActualTarget(
            Map<String, byte[]> data,
            Map<String, String> labels,
            Map<String, String> annotations,
            String type,
            boolean immutable,
            OwnedKeys owned) {
        this(sorted(data), sorted(labels), sorted(annotations), type, immutable, owned);
    }

    /** Its state, as far as it decides whether a sync is due. */
    public TargetState state() {
        return TargetState.of(labels, annotations, GoHash.data(data));
    }

    static <V> SortedMap<String, V> sorted(Map<String, V> map) {
        SortedMap<String, V> sorted = new TreeMap<>(GoPrint.KEY_ORDER);
        sorted.putAll(map);
        return Collections.unmodifiableSortedMap(sorted);
    }
}
