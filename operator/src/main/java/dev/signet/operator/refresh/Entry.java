package dev.signet.operator.refresh;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One key that waits, and where in {@link Pending} it waits. */
final class Entry<K> {

    static final Comparator<Entry<?>> BY_DUE =
            Comparator.<Entry<?>>comparingLong(e -> e.due).thenComparingLong(e -> e.sequence);

    static final Comparator<Entry<?>> BY_PRIORITY =
            Comparator.<Entry<?>, Priority>comparing(e -> e.priority).thenComparing(BY_DUE);

    final K key;
    final long due;
    final Priority priority;
    final long sequence;

    /** The lane it is ready in; null while it is not due, and for urgent entries. */
    @Nullable Lane<K> lane;

    Entry(K key, long due, Priority priority, long sequence) {
        this.key = key;
        this.due = due;
        this.priority = priority;
        this.sequence = sequence;
    }
}
