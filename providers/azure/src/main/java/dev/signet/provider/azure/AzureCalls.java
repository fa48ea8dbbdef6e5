package dev.signet.provider.azure;

import dev.signet.provider.ProviderCalls;
import dev.signet.provider.ReadOutcome;

/** Counts the calls under the names that External Secrets uses in its metrics. */
final class AzureCalls {

    /** One page of a listing. */
    static final String LIST = "GetSecrets";

    /** External Secrets does not count its logins. */
    static final String LOGIN = "Login";

    private static final String PROVIDER = "Azure/KeyVault";

    private final ProviderCalls sink;

    AzureCalls(ProviderCalls sink) {
        this.sink = sink;
    }

    /** A call has ended so; that there is no such secret is an answer as good as any. */
    <T> ReadOutcome<T> ended(String call, ReadOutcome<T> outcome) {
        sink.ended(
                PROVIDER,
                call,
                outcome instanceof ReadOutcome.Found<T>
                        || outcome instanceof ReadOutcome.Missing<T>);
        return outcome;
    }
}
