package dev.signet.operator.store;

/** Is told when something about a store changed that its ExternalSecrets may have waited for. */
public interface StoreListener {

    /**
     * The store's spec is another one now, so values may differ. Comes before the verdict about it
     * is written: who is served between the two has read with the new spec and needs no second
     * look.
     */
    void changed(StoreKey store);

    /** There is a new verdict about the store: whoever waited or failed may try again at once. */
    void judged(StoreKey store);
}
