package dev.signet.provider.kubernetes;

import dev.signet.provider.ProviderCalls;
import dev.signet.provider.ReadOutcome;

/** Counts the calls under the names that External Secrets uses in its metrics. */
final class KubernetesCalls {

    private static final String PROVIDER = "Kubernetes";

    /** The operations. External Secrets does not count the last. */
    enum Call {
        GET_SECRET("GetSecret"),
        LIST_SECRETS("ListSecrets"),
        RULES_REVIEW("CreateSelfSubjectRulesReview"),
        ACCESS_REVIEW("CreateSelfSubjectAccessReview");

        private final String label;

        Call(String label) {
            this.label = label;
        }
    }

    private final ProviderCalls sink;

    KubernetesCalls(ProviderCalls sink) {
        this.sink = sink;
    }

    /** A call has ended so; that there is no such secret is an answer as good as any. */
    void ended(Call call, ReadOutcome<?> outcome) {
        sink.ended(
                PROVIDER,
                call.label,
                outcome instanceof ReadOutcome.Found<?>
                        || outcome instanceof ReadOutcome.Missing<?>);
    }
}
