package dev.signet.provider;

import java.time.Clock;

/**
 * What a session is given besides its spec.
 *
 * @param store how the store is named in messages, such as {@code SecretStore team-a/vault}
 * @param references reads what the spec refers to, on behalf of this session's identity
 * @param retry how often a call that failed in transit is repeated within one read
 * @param calls is told of each call to the backend
 * @param clock the time
 * @param localEndpoints whether the addresses that the spec names may be this machine's, its link's
 *     or its cloud's own, metadata services among them; where not, they are refused when they are
 *     connected to
 */
public record StoreContext(
        String store,
        References references,
        RetrySettings retry,
        ProviderCalls calls,
        Clock clock,
        boolean localEndpoints) {

    /** The same without local endpoints. */
    public StoreContext(
            String store,
            References references,
            RetrySettings retry,
            ProviderCalls calls,
            Clock clock) {
        this(store, references, retry, calls, clock, false);
    }
}
