package dev.signet.operator.externalsecret;

import dev.signet.operator.refresh.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a store fail, so that one that serves again brings the others forward: after a
 * long failure their own next tries are minutes off.
 *
 * <p>Each recovery gives a turn to a few others only, longest failing first. Where the whole store
 * is back these recover too, and so all do within seconds; where one object of many comes and goes
 * by itself, the others are asked for only now and then. Safe for any number of threads.
 */
final class Recovery {

    /** How many get a turn for each that recovers. */
    static final int TURNS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<ObjectKey>> failing = new HashMap<>();
    private final Map<ObjectKey, String> stores = new HashMap<>();

    /**
     * The object failed, and is going to be tried again.
     *
     * @return how many of its store fail now
     */
    int failed(ObjectKey key, String store) {
        lock.lock();
        try {
            remove(key);
            stores.put(key, store);
            Set<ObjectKey> row = failing.computeIfAbsent(store, name -> new LinkedHashSet<>());
            row.add(key);
            return row.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The object is served.
     *
     * @return those to be tried soon; none unless it failed before
     */
    List<ObjectKey> served(ObjectKey key) {
        lock.lock();
        try {
            String store = remove(key);
            return store == null ? List.of() : take(store);
        } finally {
            lock.unlock();
        }
    }

    /** The object is of no more interest. */
    void forget(ObjectKey key) {
        lock.lock();
        try {
            remove(key);
        } finally {
            lock.unlock();
        }
    }

    /** They come to the end of the row, so that the next recovery gives others a turn. */
    private List<ObjectKey> take(String store) {
        Set<ObjectKey> row = failing.get(store);
        if (row == null) {
            return List.of();
        }
        List<ObjectKey> taken = new ArrayList<>(TURNS);
        Iterator<ObjectKey> first = row.iterator();
        while (first.hasNext() && taken.size() < TURNS) {
            taken.add(first.next());
            first.remove();
        }
        row.addAll(taken);
        return taken;
    }

    private @Nullable String remove(ObjectKey key) {
        String store = stores.remove(key);
        Set<ObjectKey> row = store == null ? null : failing.get(store);
        if (row != null) {
            row.remove(key);
            if (row.isEmpty()) {
                failing.remove(store);
            }
        }
        return store;
    }
}
