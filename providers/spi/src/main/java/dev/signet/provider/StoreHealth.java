package dev.signet.provider;

/** Whether a store can be used. */
public sealed interface StoreHealth {

    /** The backend accepts this identity. */
    record Valid() implements StoreHealth {}

    /**
     * It cannot be told from here, for example because the identity is that of each reading
     * namespace.
     */
    record Unknown(String reason) implements StoreHealth {}

    /** The store cannot be used: what is wrong, and how to mend it. */
    record Unusable(String reason) implements StoreHealth {}
}
