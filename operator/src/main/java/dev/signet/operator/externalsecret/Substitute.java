package dev.signet.operator.externalsecret;

import dev.signet.operator.store.FallbackCause;
import dev.signet.operator.store.StoreKey;

/**
 * A fallback that served in a store's place.
 *
 * @param detail what the store, its backend or the API server said
 * @param replaces whether it may overwrite what came from the store itself
 */
record Substitute(
        StoreKey store, StoreKey fallback, FallbackCause cause, String detail, boolean replaces) {

    /** Why there is one: {@code SecretStore team-a/vault is unreachable}. */
    String why() {
        return store + " " + cause.clause();
    }

    /** The fallback as the mark on a target names it: {@code ClusterSecretStore/sealed}. */
    String mark() {
        return fallback.kind().text() + "/" + fallback.name();
    }

    /** Why the values of the fallback are not written. */
    SyncException kept(String target) {
        return SyncException.passing(
                SyncException.READ,
                "%s (%s); the fallback %s is left aside, as Secret %s holds values of the store itself, and the fallback's mode is not Replace"
                        .formatted(why(), detail, fallback, target));
    }
}
