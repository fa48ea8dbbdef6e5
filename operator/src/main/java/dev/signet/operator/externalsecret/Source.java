package dev.signet.operator.externalsecret;

import dev.signet.operator.store.Fallback;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import org.jspecify.annotations.Nullable;

/**
 * A store that an ExternalSecret reads from.
 *
 * @param store null where there is none of that name, and there is a fallback
 * @param fallback null where there is none
 */
record Source(StoreKey key, @Nullable Store store, @Nullable Fallback fallback) {

    /** A store without a fallback. */
    static Source of(Store store) {
        return new Source(store.key(), store, null);
    }
}
