package dev.signet.operator.refresh;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that were handed on and are not done yet, oldest first.
 *
 * <p>Each is given the same time to be done, so the oldest runs out first. Not safe for several
 * threads.
 */
final class Flights<K> {

    private record Flight(boolean urgent, long deadline) {}

    private final long safetyNanos;
    private final Map<K, Flight> byKey = new LinkedHashMap<>();
    private int urgentCount;

    Flights(long safetyNanos) {
        this.safetyNanos = safetyNanos;
    }

    void start(K key, boolean urgent, long now) {
        end(key);
        byKey.put(key, new Flight(urgent, now + safetyNanos));
        if (urgent) {
            urgentCount++;
        }
    }

    boolean end(K key) {
        Flight flight = byKey.remove(key);
        if (flight != null && flight.urgent()) {
            urgentCount--;
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
            if (flight.urgent()) {
                urgentCount--;
            }
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
