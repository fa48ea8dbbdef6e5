package dev.signet.operator.refresh;

import java.util.Comparator;
import java.util.TreeSet;

/** The due background entries of one store, behind that store's token bucket. */
final class Lane<K> {

    /** Only lanes that hold an entry may be compared. */
    static final Comparator<Lane<?>> BY_HEAD =
            Comparator.<Lane<?>, Entry<?>>comparing(Lane::head, Entry.BY_PRIORITY);

    static final Comparator<Lane<?>> BY_WAKE =
            Comparator.<Lane<?>>comparingLong(lane -> lane.wakeAt)
                    .thenComparing(lane -> lane.store);

    final String store;
    final TreeSet<Entry<K>> ready = new TreeSet<>(Entry.BY_PRIORITY);

    /** When the next token is there; kept while the lane is in an ordered set. */
    long wakeAt;

    /** How many of the store were taken and are under way. */
    int flying;

    private StoreRates.Rate rate = StoreRates.Rate.UNLIMITED;

    /** When the bucket will be full again if nothing more is taken. */
    private long fullAt = -QueueTime.FAR;

    Lane(String store) {
        this.store = store;
    }

    /** Changes the rate; the bucket keeps what it lacks, but never lacks more than it can hold. */
    void rate(StoreRates.Rate newRate, long now) {
        rate = newRate;
        fullAt = Math.min(fullAt, now + (long) (rate.burst() * nanosPerToken()));
    }

    Entry<K> head() {
        return ready.first();
    }

    /** The earliest time at which the bucket has a token. */
    long nextToken() {
        return fullAt - (long) ((rate.burst() - 1) * nanosPerToken());
    }

    void takeToken(long now) {
        fullAt = Math.max(fullAt, now) + (long) nanosPerToken();
    }

    /** Whether forgetting this lane would lose nothing. */
    boolean idle(long now) {
        return ready.isEmpty() && flying == 0 && fullAt <= now;
    }

    private double nanosPerToken() {
        return Math.min(1e9 / rate.perSecond(), QueueTime.FAR / 1e6);
    }
}
