package dev.signet.operator.refresh;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The due background entries, a lane for each store.
 *
 * <p>A store without a token parks its whole lane, so a slow store costs one comparison, not one
 * for each of its entries, and never holds up another store. Not safe for several threads.
 */
final class Lanes<K> {

    private static final int FIRST_SWEEP = 64;

    private final StoreOf<K> storeOf;
    private final StoreRates rates;
    private final Map<String, Lane<K>> byStore = new HashMap<>();
    private final TreeSet<Lane<K>> open = new TreeSet<>(Lane.BY_HEAD);
    private final TreeSet<Lane<K>> parked = new TreeSet<>(Lane.BY_WAKE);
    private int sweepAt = FIRST_SWEEP;
    private int entries;

    Lanes(StoreOf<K> storeOf, StoreRates rates) {
        this.storeOf = storeOf;
        this.rates = rates;
    }

    void add(Entry<K> entry, long now) {
        Lane<K> lane = laneOf(entry.key, now);
        lift(lane);
        entry.lane = lane;
        lane.ready.add(entry);
        entries++;
        settle(lane, now);
    }

    /** Takes the entry out without using a token. */
    void remove(Entry<K> entry, long now) {
        Lane<K> lane = entry.lane;
        if (lane != null) {
            lift(lane);
            drop(lane, entry);
            settle(lane, now);
        }
    }

    /**
     * The next entry whose store has a token and holds no more than its share of what is under way,
     * or null.
     *
     * @param free how many more may be under way
     * @param all how many may be under way
     */
    @Nullable Entry<K> first(long now, int free, int all) {
        while (!parked.isEmpty() && parked.first().wakeAt <= now) {
            Lane<K> lane = parked.first();
            parked.remove(lane);
            settle(lane, now);
        }
        // Only stores with something under way are passed over, and those are few.
        for (Lane<K> lane : open) {
            if ((lane.store.isEmpty() && free > 0) || Share.allows(lane.flying, free, all)) {
                return lane.head();
            }
        }
        return null;
    }

    /** What was taken of the store is no longer under way. */
    void landed(String store) {
        Lane<K> lane = byStore.get(store);
        if (lane != null && lane.flying > 0) {
            lane.flying--;
        }
    }

    /** Takes the entry out and one token of its store, and returns the store. */
    String take(Entry<K> entry, long now) {
        Lane<K> lane = entry.lane;
        if (lane != null) {
            lane.flying++;
            lift(lane);
            lane.rate(rateOf(lane.store), now);
            lane.takeToken(now);
            drop(lane, entry);
            settle(lane, now);
        }
        return lane == null ? "" : lane.store;
    }

    /** When the first parked lane gets a token; {@link QueueTime#FAR} if none is parked. */
    long nextToken() {
        return parked.isEmpty() ? QueueTime.FAR : parked.first().wakeAt;
    }

    int size() {
        return entries;
    }

    int stores() {
        return byStore.size();
    }

    void clear() {
        byStore.clear();
        open.clear();
        parked.clear();
        entries = 0;
    }

    private void drop(Lane<K> lane, Entry<K> entry) {
        if (lane.ready.remove(entry)) {
            entries--;
        }
        entry.lane = null;
    }

    /** Takes the lane out of the ordered sets; it must precede any change of what orders it. */
    private void lift(Lane<K> lane) {
        if (!lane.ready.isEmpty()) {
            open.remove(lane);
            parked.remove(lane);
        }
    }

    private void settle(Lane<K> lane, long now) {
        if (lane.ready.isEmpty()) {
            return;
        }
        lane.wakeAt = lane.nextToken();
        if (lane.wakeAt <= now) {
            open.add(lane);
        } else {
            parked.add(lane);
        }
    }

    private Lane<K> laneOf(K key, long now) {
        String store = nameOf(key);
        Lane<K> known = byStore.get(store);
        if (known != null) {
            return known;
        }
        if (byStore.size() >= sweepAt) {
            byStore.values().removeIf(lane -> lane.idle(now));
            sweepAt = Math.max(FIRST_SWEEP, 2 * byStore.size());
        }
        Lane<K> lane = new Lane<>(store);
        lane.rate(rateOf(store), now);
        byStore.put(store, lane);
        return lane;
    }

    // A caller's mistake must not stop the one thread that feeds every object.
    private String nameOf(K key) {
        try {
            return storeOf.storeOf(key);
        } catch (RuntimeException e) {
            return "";
        }
    }

    private StoreRates.Rate rateOf(String store) {
        try {
            return rates.rateOf(store);
        } catch (RuntimeException e) {
            return StoreRates.Rate.UNLIMITED;
        }
    }
}
