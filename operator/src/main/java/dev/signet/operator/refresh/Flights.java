package dev.signet.operator.refresh;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The keys that were handed on and are not done yet, oldest first.
 *
 * <p>Each is given the same time to be done, so the oldest runs out first. Not safe for several
 * threads.
 */
final class Flights<K> {

    /**
     * @param store whose place it has; none where it is urgent
     */
    private record Flight(boolean urgent, String store, long deadline) {}

    private final long safetyNanos;
    private final Consumer<String> landed;
    private final Map<K, Flight> byKey = new LinkedHashMap<>();
    private int urgentCount;

    /**
     * @param landed is told of the store of each that is done and was not urgent
     */
    Flights(long safetyNanos, Consumer<String> landed) {
        this.safetyNanos = safetyNanos;
        this.landed = landed;
    }

    void startUrgent(K key, long now) {
        end(key);
        byKey.put(key, new Flight(true, "", now + safetyNanos));
        urgentCount++;
    }

    void start(K key, String store, long now) {
        end(key);
        byKey.put(key, new Flight(false, store, now + safetyNanos));
    }

    boolean end(K key) {
        Flight flight = byKey.remove(key);
        if (flight != null) {
            ended(flight);
        }
        return flight != null;
    }

    /** Frees the places of those that had their time. */
    void expire(long now) {
        Iterator<Flight> flights = byKey.values().iterator();
        while (flights.hasNext()) {
            Flight flight = flights.next();
            if (flight.deadline() > now) {
                return;
            }
            flights.remove();
            ended(flight);
        }
    }

    private void ended(Flight flight) {
        if (flight.urgent()) {
            urgentCount--;
        } else {
            landed.accept(flight.store());
        }
    }

    /** When the oldest has had its time; {@link QueueTime#FAR} if there is none. */
    long nextDeadline() {
        Iterator<Flight> flights = byKey.values().iterator();
        return flights.hasNext() ? flights.next().deadline() : QueueTime.FAR;
    }

    int urgent() {
        return urgentCount;
    }

    int background() {
        return byKey.size() - urgentCount;
    }
}
