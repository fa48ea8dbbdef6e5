package dev.signet.operator.store;

import java.util.Optional;

/** Finds stores among those that the operator watches. */
@FunctionalInterface
public interface StoreCatalog {

    /** The store of this name as it was last seen; empty when there is none. */
    Optional<Store> find(StoreKey key);
}
