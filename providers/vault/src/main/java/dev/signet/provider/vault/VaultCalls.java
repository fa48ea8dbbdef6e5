package dev.signet.provider.vault;

import dev.signet.provider.ProviderCalls;
import dev.signet.provider.ReadOutcome;

/** Counts the calls under the names that External Secrets uses in its metrics. */
final class VaultCalls {

    private static final String PROVIDER = "HashiCorp/Vault";

    /** The operations. External Secrets has no names for the last two, as it never does them. */
    enum Call {
        LOGIN("Login"),
        LOOKUP_SELF("LookupSelf"),
        REVOKE_SELF("RevokeSelf"),
        READ_SECRET_DATA("ReadSecretData"),
        LIST_SECRETS("ListSecrets"),
        RENEW_SELF("RenewSelf"),
        READ_MOUNT("ReadMount");

        private final String label;

        Call(String label) {
            this.label = label;
        }
    }

    private final ProviderCalls sink;

    VaultCalls(ProviderCalls sink) {
        this.sink = sink;
    }

    /** A call has ended so. */
    void ended(Call call, boolean success) {
        sink.ended(PROVIDER, call.label, success);
    }

    /** A call has ended so; that there is no such secret is an answer as good as any. */
    void ended(Call call, ReadOutcome<?> outcome) {
        ended(
                call,
                outcome instanceof ReadOutcome.Found<?>
                        || outcome instanceof ReadOutcome.Missing<?>);
    }
}
