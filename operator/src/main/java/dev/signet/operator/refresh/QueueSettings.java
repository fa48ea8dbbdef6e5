package dev.signet.operator.refresh;

import java.time.Duration;

/**
 * The bounds of a {@link SyncQueue}.
 *
 * @param maxInFlight how many refreshes and retries may be handed on and not done at once
 * @param maxUrgentInFlight the same for triggers and new objects, which have places of their own
 * @param safetyTime after which a key that was never reported done gives its place back
 * @param storeOf which store an object reads from
 * @param rates how fast refreshes and retries may go to each store
 * @param listener is told of each key that leaves
 * @param <K> the key of an object
 */
public record QueueSettings<K>(
        int maxInFlight,
        int maxUrgentInFlight,
        Duration safetyTime,
        StoreOf<K> storeOf,
        StoreRates rates,
        EmissionListener listener) {

    private static final int URGENT_FACTOR = 4;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a bound is below 1 or the time is not positive
     */
    public QueueSettings {
        if (maxInFlight < 1 || maxUrgentInFlight < 1 || !safetyTime.isPositive()) {
            throw new IllegalArgumentException(
                    "a queue needs at least one place of each sort and a positive safety time");
        }
    }

    /**
     * Bounds for {@code maxInFlight} refreshes at once: four times as many triggers, ten minutes of
     * safety time, no rates, no listener.
     */
    public static <K> QueueSettings<K> of(int maxInFlight) {
        return new QueueSettings<>(
                maxInFlight,
                Math.multiplyExact(URGENT_FACTOR, maxInFlight),
                Duration.ofMinutes(10),
                key -> "",
                StoreRates.UNLIMITED,
                EmissionListener.NONE);
    }

    /** The same with a bound of its own for triggers and new objects. */
    public QueueSettings<K> withMaxUrgentInFlight(int newMax) {
        return new QueueSettings<>(maxInFlight, newMax, safetyTime, storeOf, rates, listener);
    }

    /** The same with another safety time. */
    public QueueSettings<K> withSafetyTime(Duration newTime) {
        return new QueueSettings<>(
                maxInFlight, maxUrgentInFlight, newTime, storeOf, rates, listener);
    }

    /** The same with rates for stores. */
    public QueueSettings<K> withStoreRates(StoreOf<K> newStoreOf, StoreRates newRates) {
        return new QueueSettings<>(
                maxInFlight, maxUrgentInFlight, safetyTime, newStoreOf, newRates, listener);
    }

    /** The same with another listener. */
    public QueueSettings<K> withListener(EmissionListener newListener) {
        return new QueueSettings<>(
                maxInFlight, maxUrgentInFlight, safetyTime, storeOf, rates, newListener);
    }
}
