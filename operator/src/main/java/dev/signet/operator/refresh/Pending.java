package dev.signet.operator.refresh;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys that wait, at most one entry for each: first by due time, then, once due, by priority.
 *
 * <p>Every operation takes O(log n). Not safe for several threads.
 */
final class Pending<K> {

    private final Map<K, Entry<K>> byKey = new HashMap<>();
    private final TreeSet<Entry<K>> waiting = new TreeSet<>(Entry.BY_DUE);
    private final TreeSet<Entry<K>> urgent = new TreeSet<>(Entry.BY_PRIORITY);
    private final Lanes<K> background;
    private long sequence;

    Pending(Lanes<K> background) {
        this.background = background;
    }

    @Nullable Entry<K> get(K key) {
        return byKey.get(key);
    }

    void put(K key, long due, Priority priority, long now) {
        remove(key, now);
        Entry<K> entry = new Entry<>(key, due, priority, sequence++);
        byKey.put(key, entry);
        waiting.add(entry);
    }

    void remove(K key, long now) {
        Entry<K> entry = byKey.remove(key);
        if (entry != null && !waiting.remove(entry) && !urgent.remove(entry)) {
            background.remove(entry, now);
        }
    }

    /** Moves what has become due to where it competes by priority. */
    void promote(long now) {
        while (!waiting.isEmpty() && waiting.first().due <= now) {
            Entry<K> entry = waiting.first();
            waiting.remove(entry);
            if (entry.priority.urgent()) {
                urgent.add(entry);
            } else {
                background.add(entry, now);
            }
        }
    }

    /** Takes the first due urgent entry, or null. */
    @Nullable Entry<K> takeUrgent() {
        Entry<K> entry = urgent.pollFirst();
        if (entry != null) {
            byKey.remove(entry.key);
        }
        return entry;
    }

    /** A background entry that was taken, and the store whose place it has. */
    record Taken<K>(Entry<K> entry, String store) {}

    /** Takes the first due background entry whose store has a token and a place, or null. */
    @Nullable Taken<K> takeBackground(long now, int free, int all) {
        Entry<K> entry = background.first(now, free, all);
        if (entry == null) {
            return null;
        }
        byKey.remove(entry.key);
        return new Taken<>(entry, background.take(entry, now));
    }

    /** What was taken of the store is no longer under way. */
    void landed(String store) {
        background.landed(store);
    }

    /** When something more will be ready; {@link QueueTime#FAR} if nothing waits. */
    long nextChange() {
        long due = waiting.isEmpty() ? QueueTime.FAR : waiting.first().due;
        return Math.min(due, background.nextToken());
    }

    int size() {
        return byKey.size();
    }

    int due() {
        return urgent.size() + background.size();
    }

    void clear() {
        byKey.clear();
        waiting.clear();
        urgent.clear();
        background.clear();
    }
}
