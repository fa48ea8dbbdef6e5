package dev.signet.cli.bench;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Requests that the API server has answered, as it counts them itself.
 *
 * @param requests how many, by verb and resource, such as {@code PATCH externalsecrets/status};
 *     watches count when they end
 */
record ApiFigures(SortedMap<String, Long> requests) {

    private static final String TOTAL = "apiserver_request_total";
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "APPLY", "DELETE");

    /**
     * The API server asks itself for much; only what an operator for secrets may ask for counts.
     */
    private static final Set<String> RESOURCES =
            Set.of(
                    "externalsecrets",
                    "secretstores",
                    "clustersecretstores",
                    "secrets",
                    "events",
                    "serviceaccounts");

    static ApiFigures of(String metrics) {
        SortedMap<String, Long> requests = new TreeMap<>();
        for (MetricsText.Sample sample : MetricsText.parse(metrics, TOTAL::equals).samples()) {
            if (RESOURCES.contains(sample.label("resource"))) {
                String sub = sample.label("subresource");
                String what =
                        sample.label("verb")
                                + " "
                                + sample.label("resource")
                                + (sub.isEmpty() ? "" : "/" + sub);
                requests.merge(what, Math.round(sample.value()), Long::sum);
            }
        }
        return new ApiFigures(requests);
    }

    /** What was asked for since then. */
    ApiFigures since(ApiFigures before) {
        SortedMap<String, Long> grown = new TreeMap<>();
        requests.forEach((what, count) -> {
            long more = count - before.requests().getOrDefault(what, 0L);
            if (more != 0) {
                grown.put(what, more);
            }
        });
        return new ApiFigures(grown);
    }

    /** How many of them have changed something. */
    long writes() {
        return requests.entrySet().stream()
                .filter(entry -> WRITES.contains(entry.getKey().split(" ", 2)[0]))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many changed a Secret. */
    long secretWrites() {
        return requests.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" secrets"))
                .filter(entry -> WRITES.contains(entry.getKey().split(" ", 2)[0]))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
