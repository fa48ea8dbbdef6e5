package dev.signet.operator.externalsecret.rules;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A Secret as it is to be. Owner references and finalizers are not part of it.
 *
 * @param data all of its data
 * @param labels all of its labels
 * @param annotations all of its annotations
 * @param type its type
 * @param immutable whether its data shall be unchangeable from now on
 * @param heldBack whether other data was wanted, but the Secret is immutable already: {@code data}
 *     then is what it holds
 */
public record DesiredTarget(
        SortedMap<String, byte[]> data,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String type,
        boolean immutable,
        boolean heldBack) {

    /** Whether anything must be written to get from {@code actual} (null for no Secret) to this. */
    public boolean differsFrom(@Nullable ActualTarget actual) {
        return actual == null
                || immutable != actual.immutable()
                || !type.equals(actual.type())
                || !labels.equals(actual.labels())
                || !annotations.equals(actual.annotations())
                || !sameData(data, actual.data());
    }

    static boolean sameData(SortedMap<String, byte[]> a, SortedMap<String, byte[]> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<Map.Entry<String, byte[]>> others = b.entrySet().iterator();
        for (Map.Entry<String, byte[]> entry : a.entrySet()) {
            Map.Entry<String, byte[]> other = others.next();
            if (!entry.getKey().equals(other.getKey())
                    || !Arrays.equals(entry.getValue(), other.getValue())) {
                return false;
            }
        }
        return true;
    }
}
