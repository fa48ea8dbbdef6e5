package dev.signet.testbed;

/**
 * A ServiceAccount and a token for it.
 *
 * @param namespace where it is
 * @param name what it is called
 * @param token a bearer token for the API server
 */
public record ServiceAccountUser(String namespace, String name, String token) {

    /** Without the token. */
    @Override
    public String toString() {
        return "ServiceAccountUser[" + namespace + "/" + name + "]";
    }
}
