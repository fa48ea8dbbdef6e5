package dev.signet.provider.contract;

import dev.signet.provider.SecretClient;
import java.util.List;

/**
 * The backend that a provider is tested against, seen from the side of those who keep secrets in
 * it. It may be shared by tests: each uses keys of its own.
 */
public interface ContractBackend {

    /** A new session; the caller closes it. Sees what was put or deleted before. */
    SecretClient open();

    /**
     * Stores a secret, in place of the one that was there.
     *
     * @param key the remote key
     * @param json a JSON object without blanks, its keys in order
     */
    void put(String key, String json) throws Exception;

    /** Removes a secret that is there. */
    void delete(String key) throws Exception;

    /** What a property that is not in the secret comes to. */
    MissingProperty missingProperty();

    /** The name by which {@code find} reports a remote key. */
    default String foundName(String key) {
        return key;
    }

    /** Awkward remote keys that the backend can hold, each to be written and read back. */
    default List<String> awkwardKeys() {
        return List.of("contract-with-dash", "contract_under.dot", "contract/deep/er");
    }

    /** What External Secrets makes of a missing property differs from provider to provider. */
    enum MissingProperty {
        /** As if the secret were missing; may lead to a delete. */
        MISSING,
        /** An error. */
        INVALID
    }
}
