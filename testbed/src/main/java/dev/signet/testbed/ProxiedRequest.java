package dev.signet.testbed;

/**
 * A request that came through a {@link FaultProxy}.
 *
 * @param method in capitals
 * @param target the path and, where there is one, the query, as they were sent
 */
public record ProxiedRequest(String method, String target) {

    /** Whether it writes: neither GET, HEAD nor OPTIONS. */
    public boolean writes() {
        return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    }

    /** Whether it asks a Kubernetes API server for a watch. */
    public boolean watches() {
        return target.contains("watch=true") || target.contains("watch=1");
    }

    /** Whether the target holds this text. */
    public boolean on(String part) {
        return target.contains(part);
    }
}
