package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Texts that are looked for in what a server sends. A text that falls apart into two packets is
 * missed, so a count is a lower bound.
 */
final class Taps {

    private final Map<String, AtomicInteger> sightings = new ConcurrentHashMap<>();

    void add(String text) {
        sightings.put(text, new AtomicInteger());
    }

    int count(String text) {
        AtomicInteger count = sightings.get(text);
        return count == null ? 0 : count.get();
    }

    void see(byte[] bytes, int length) {
        if (sightings.isEmpty()) {
            return;
        }
        String part = new String(bytes, 0, length, ISO_8859_1);
        sightings.forEach((text, count) -> {
            if (part.contains(text)) {
                count.incrementAndGet();
            }
        });
    }
}
