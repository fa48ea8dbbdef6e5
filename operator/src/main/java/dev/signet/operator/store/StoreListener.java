package dev.signet.operator.store;

/** Is told when something about a store changed that its ExternalSecrets may have waited for. */
public interface StoreListener {

    /** The store has become usable: whoever failed because of it may try again at once. */
    void becameReady(StoreKey store);

    /** The store's spec, or a credential it refers to, is another one now: values may differ. */
    void changed(StoreKey store);
}
