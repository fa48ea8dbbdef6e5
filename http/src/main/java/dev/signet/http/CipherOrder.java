package dev.signet.http;

import java.util.Arrays;
import java.util.Comparator;

/**
 * In which order cipher suites are offered. The JVM's fast code for AES-GCM belongs to its second
 * compiler; with the first alone, ChaCha20 takes a third to a quarter of the CPU for the same
 * bytes. Most servers, those of Go among them, follow the client's order of the two.
 */
public final class CipherOrder {

    private static final String CHEAP = "CHACHA20";

    private CipherOrder() {}

    /**
     * These suites, with those of ChaCha20 first, and otherwise in the order that they have; none
     * is added and none left out.
     */
    public static String[] cheapestFirst(String[] suites) {
        return Arrays.stream(suites)
                .sorted(Comparator.comparing(suite -> !suite.contains(CHEAP)))
                .toArray(String[]::new);
    }
}
