package dev.signet.provider;

/**
 * Which value to read from a backend.
 *
 * @param key the remote key: a path, a name or an ARN, as the backend has it
 * @param property a part of the value (see each provider); empty for the whole value
 * @param version which version; empty for the current one
 * @param metadata whether the secret's metadata is wanted instead of its data ({@code
 *     metadataPolicy: Fetch})
 */
public record RemoteRef(String key, String property, String version, boolean metadata) {

    /** The current version of the whole value under {@code key}. */
    public static RemoteRef of(String key) {
        return new RemoteRef(key, "", "", false);
    }

    /** The current version of one property. */
    public static RemoteRef of(String key, String property) {
        return new RemoteRef(key, property, "", false);
    }
}
