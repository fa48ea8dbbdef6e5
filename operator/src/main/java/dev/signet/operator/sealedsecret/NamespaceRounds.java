package dev.signet.operator.sealedsecret;

import dev.signet.operator.refresh.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects in line, of each namespace in turn the one that came first, and of none more than so many
 * at a time: a namespace with thousands of them keeps the others waiting for one. Not safe for
 * threads.
 */
final class NamespaceRounds {

    private final int ofOneNamespace;
    private final SequencedMap<String, Deque<ObjectKey>> lines = new LinkedHashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private int size;

    NamespaceRounds(int ofOneNamespace) {
        this.ofOneNamespace = ofOneNamespace;
    }

    /** It gets in line. */
    void add(ObjectKey key) {
        lines.computeIfAbsent(key.namespace(), any -> new ArrayDeque<>()).addLast(key);
        size++;
    }

    /** Whose turn it is, who is under way from now on; null where none may be. */
    @Nullable ObjectKey next() {
        Iterator<Map.Entry<String, Deque<ObjectKey>>> each = lines.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Deque<ObjectKey>> entry = each.next();
            String namespace = entry.getKey();
            if (underWay.getOrDefault(namespace, 0) < ofOneNamespace) {
                Deque<ObjectKey> line = entry.getValue();
                ObjectKey key = line.removeFirst();
                each.remove();
                if (!line.isEmpty()) {
                    lines.putLast(namespace, line);
                }
                underWay.merge(namespace, 1, Integer::sum);
                size--;
                return key;
            }
        }
        return null;
    }

    /** It is no longer under way. */
    void ended(ObjectKey key) {
        underWay.computeIfPresent(
                key.namespace(), (namespace, count) -> count == 1 ? null : count - 1);
    }

    /** How many are in line. */
    int size() {
        return size;
    }
}
