package dev.signet.operator.externalsecret.rules;

import static dev.signet.operator.externalsecret.rules.ActualTarget.sorted;

import dev.signet.api.ExternalSecretTarget;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a Secret that is there already.
 *
 * <p>Under {@code Owner} and {@code Orphan} its data is replaced as a whole. Under {@code Merge}
 * and {@code CreateOrMerge} keys of others stay, and our own that are no longer wanted go; a key of
 * another that is wanted is taken over. An immutable Secret keeps its data, and only labels and
 * annotations are brought up to date; its hash then is that of the data that it holds, so that it
 * counts as unchanged.
 */
public final class TargetMerge {

    private static final String DEFAULT_TYPE = "Opaque";

    private TargetMerge() {}

    /**
     * The Secret as it is to be.
     *
     * @param source the ExternalSecret
     * @param spec its target; the creation policy must be one that writes
     * @param wanted the data from the backend
     * @param actual the Secret as it is; null where there is none
     */
    public static DesiredTarget merge(
            TargetMetadata source,
            ExternalSecretTarget spec,
            Map<String, byte[]> wanted,
            @Nullable ActualTarget actual) {
        ActualTarget from = actual == null ? empty() : actual;
        SortedMap<String, byte[]> merged = data(spec.creationPolicy(), wanted, from);
        boolean heldBack = from.immutable() && !DesiredTarget.sameData(merged, from.data());
        SortedMap<String, byte[]> data = heldBack ? from.data() : merged;
        return new DesiredTarget(
                sorted(data),
                sorted(source.labels(from.labels(), from.owned(), spec.creationPolicy())),
                sorted(source.annotations(from.annotations(), from.owned(), GoHash.data(data))),
                from.type().isEmpty() ? DEFAULT_TYPE : from.type(),
                from.immutable() || spec.immutable(),
                heldBack);
    }

    private static SortedMap<String, byte[]> data(
            String creationPolicy, Map<String, byte[]> wanted, ActualTarget from) {
        SortedMap<String, byte[]> data = new TreeMap<>(GoPrint.KEY_ORDER);
        if (keepsForeignKeys(creationPolicy)) {
            data.putAll(from.data());
            data.keySet().removeAll(from.owned().data());
        }
        data.putAll(wanted);
        return data;
    }

    private static boolean keepsForeignKeys(String creationPolicy) {
        return creationPolicy.equals(ExternalSecretTarget.MERGE)
                || creationPolicy.equals(ExternalSecretTarget.CREATE_OR_MERGE);
    }

    private static ActualTarget empty() {
        return new ActualTarget(Map.of(), Map.of(), Map.of(), DEFAULT_TYPE, false, OwnedKeys.NONE);
    }
}
