package dev.signet.operator.store;

import dev.signet.api.StatusCondition;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.SecretStore;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.SecretStoreStatus;
import dev.signet.api.store.StoreFallback;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SecretStore or ClusterSecretStore, as the rest of the operator sees it.
 *
 * @param uid tells a store from an earlier one of the same name
 * @param generation counts the changes of its spec
 * @param verdict the message of its Ready condition; empty when there is none
 * @param fallback what its field or its annotations ask for; null where neither does
 */
public record Store(
        StoreKey key,
        String uid,
        long generation,
        SecretStoreSpec spec,
        Readiness readiness,
        String verdict,
        @Nullable StoreFallback fallback) {

    private static final SecretStoreSpec NO_SPEC =
            new SecretStoreSpec("", null, null, null, List.of(), null);

    /** What the store's Ready condition says. */
    public enum Readiness {
        READY,
        NOT_READY,
        /** There is no condition yet. */
        UNDECIDED
    }

    /** The store in this manifest. */
    public static Store of(SecretStore store) {
        return of(
                new StoreKey(
                        StoreKind.SECRET_STORE,
                        store.getMetadata().getNamespace(),
                        store.getMetadata().getName()),
                store);
    }

    /** The store in this manifest. */
    public static Store of(ClusterSecretStore store) {
        return of(
                new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", store.getMetadata().getName()),
                store);
    }

    /** The same with another verdict. */
    Store withVerdict(boolean ready, String message) {
        return new Store(
                key,
                uid,
                generation,
                spec,
                ready ? Readiness.READY : Readiness.NOT_READY,
                message,
                fallback);
    }

    /** The same, of which nothing is known yet. */
    Store withoutVerdict() {
        return new Store(key, uid, generation, spec, Readiness.UNDECIDED, "", fallback);
    }

    private static Store of(
            StoreKey key, CustomResource<SecretStoreSpec, SecretStoreStatus> store) {
        Long generation = store.getMetadata().getGeneration();
        SecretStoreSpec spec = store.getSpec();
        return new Store(
                key,
                store.getMetadata().getUid(),
                generation == null ? 0 : generation,
                spec == null ? NO_SPEC : spec,
                readiness(store.getStatus()),
                verdict(store.getStatus()),
                Fallback.wanted(
                        spec == null ? null : spec.fallback(),
                        store.getMetadata().getAnnotations()));
    }

    private static Readiness readiness(@Nullable SecretStoreStatus status) {
        if (status == null) {
            return Readiness.UNDECIDED;
        }
        return status.condition(StatusCondition.READY)
                .map(ready -> ready.isTrue() ? Readiness.READY : Readiness.NOT_READY)
                .orElse(Readiness.UNDECIDED);
    }

    private static String verdict(@Nullable SecretStoreStatus status) {
        return status == null
                ? ""
                : status.condition(StatusCondition.READY).map(StatusCondition::message).orElse("");
    }
}
