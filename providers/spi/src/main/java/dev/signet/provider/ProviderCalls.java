package dev.signet.provider;

/** Is told of each call that a provider makes to its backend. */
@FunctionalInterface
public interface ProviderCalls {

    /**
     * One call has ended.
     *
     * @param provider the backend as External Secrets names it in its metrics, such as {@code
     *     HashiCorp/Vault}
     * @param call the operation, such as {@code ReadSecretData}
     * @param success whether the backend served it; "no such secret" counts as served
     */
    void ended(String provider, String call, boolean success);
}
