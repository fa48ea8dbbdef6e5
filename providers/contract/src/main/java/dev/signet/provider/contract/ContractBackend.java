package dev.signet.provider.contract;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import java.util.List;
import java.util.Map;

/**
 * The backend that a provider is tested against, seen from the side of those who keep secrets in
 * it. It may be shared by tests: each uses keys of its own.
 *
 * <p>What only some backends have, they override; each of those methods belongs to a case that the
 * others name in {@link #lacks()}.
 */
public interface ContractBackend {

    /** Its column in the table of conformance, such as {@code Vault KV v2}. */
    String name();

    /**
     * The cases that cannot be had of this kind of backend, each with the reason, which the table
     * shows in a note: a clause without a full stop. Their tests are left out.
     */
    default Map<ContractCase, String> lacks() {
        return Map.of();
    }

    /** What is to be said of cases that pass, in the same form. */
    default Map<ContractCase, String> notes() {
        return Map.of();
    }

    /** A new session; the caller closes it. Sees what was put or deleted before. */
    SecretClient open();

    /**
     * A new session with the backend in trouble. Other sessions may be in the same trouble until
     * this one is closed.
     */
    default SecretClient openIn(Trouble trouble) throws Exception {
        throw undeclared(
                switch (trouble) {
                    case DENIED -> ContractCase.DENIED;
                    case UNREACHABLE -> ContractCase.UNREACHABLE;
                    case BUSY -> ContractCase.BUSY;
                    case SILENT -> ContractCase.CANCELLED;
                });
    }

    /** A new session whose credentials can be changed under way. */
    default Rotation openRotating() throws Exception {
        throw undeclared(ContractCase.ROTATED);
    }

    /**
     * Stores a secret, in place of the one that was there.
     *
     * @param key the remote key
     * @param json a JSON object without blanks, its keys in order
     */
    void put(String key, String json) throws Exception;

    /**
     * The name of the version that a secret has now; stays readable when the secret is replaced.
     */
    default String version(String key) throws Exception {
        throw undeclared(ContractCase.VERSION);
    }

    /**
     * Stores a secret with a tag, in the sense in which the backend has such.
     *
     * @return the property under which the tag's value is in the metadata
     */
    default String putTagged(String key, String json, String tag, String value) throws Exception {
        throw undeclared(ContractCase.METADATA);
    }

    /**
     * Stores bytes that are no text.
     *
     * @return how to ask for them
     */
    default RemoteRef putBinary(String key, byte[] value) throws Exception {
        throw undeclared(ContractCase.BINARY);
    }

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

    private static AssertionError undeclared(ContractCase left) {
        return new AssertionError(
                "the backend neither has the case \"%s\" nor says in lacks() why"
                        .formatted(left.text()));
    }

    /** What External Secrets makes of a missing property differs from provider to provider. */
    enum MissingProperty {
        /** As if the secret were missing; may lead to a delete. */
        MISSING,
        /** An error. */
        INVALID
    }
}
