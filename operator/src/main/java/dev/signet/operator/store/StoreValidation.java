package dev.signet.operator.store;

import dev.signet.api.StatusCondition;
import dev.signet.api.store.SecretStoreStatus;
import dev.signet.operator.kube.ReadyCondition;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether a store can be used, and says so as External Secrets does. */
final class StoreValidation {

    static final String VALID = "Valid";
    static final String INVALID = "InvalidProviderConfig";
    static final String UNKNOWN = "ValidationUnknown";

    private final StoreSessions sessions;
    private final Clock clock;

    /**
     * What was found.
     *
     * @param ready the status of the Ready condition
     */
    record Verdict(boolean ready, String reason, String message, String capabilities) {}

    StoreValidation(StoreSessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    Verdict judge(Store store) throws InterruptedException {
        String capabilities;
        StoreHealth health;
        try {
            capabilities = sessions.capabilities(store).text();
            // Who a referent store logs in as is known only when somebody is served.
            health =
                    sessions.isReferent(store)
                            ? new StoreHealth.Valid()
                            : sessions.use(store, store.key().namespace(), SecretClient::validate);
        } catch (StoreProblemException e) {
            return new Verdict(false, INVALID, "unable to create client: " + e.text(), "");
        }
        return switch (health) {
            case StoreHealth.Valid valid ->
                    new Verdict(true, VALID, "store validated", capabilities);
            case StoreHealth.Unknown unknown ->
                    new Verdict(
                            true,
                            UNKNOWN,
                            "could not determine validation status: " + unknown.reason(),
                            capabilities);
            case StoreHealth.Unusable unusable ->
                    new Verdict(
                            false,
                            INVALID,
                            "unable to validate store: " + unusable.reason(),
                            capabilities);
        };
    }

    /** The status that tells of {@code verdict}; equal to {@code before} when nothing is new. */
    SecretStoreStatus status(@Nullable SecretStoreStatus before, Verdict verdict) {
        List<StatusCondition> conditions =
                ReadyCondition.in(
                        before == null ? List.of() : before.conditions(),
                        verdict.ready() ? "True" : "False",
                        verdict.reason(),
                        verdict.message(),
                        clock.instant());
        String capabilities =
                verdict.capabilities().isEmpty() && before != null
                        ? before.capabilities()
                        : verdict.capabilities();
        return new SecretStoreStatus(conditions, capabilities);
    }
}
