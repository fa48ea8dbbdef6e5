package dev.signet.testbed;

/**
 * A request that came through a {@link FaultProxy}.
 *
 * @param method in capitals
 * @param target the path and, where there is one, the query, as they were sent
 * @param operation what is asked of a service of AWS, such as {@code
 *     secretsmanager.GetSecretValue}; empty where the request does not say
 * @param accessKey the access key ID by which a request to AWS is signed; else empty
 */
public record ProxiedRequest(String method, String target, String operation, String accessKey) {

    /** Whether it writes: neither GET, HEAD nor OPTIONS. */
    public boolean writes() {
        return !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    }

    /** Whether it asks a Kubernetes API server for a watch. */
    public boolean watches() {
        return target.contains("watch=true") || target.contains("watch=1");
    }

    /** Whether it asks a service of AWS for this operation. */
    public boolean asksFor(String name) {
        return operation.endsWith("." + name);
    }

    /** Whether the target holds this text. */
    public boolean on(String part) {
        return target.contains(part);
    }
}
