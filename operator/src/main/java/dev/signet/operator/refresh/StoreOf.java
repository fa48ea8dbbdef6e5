package dev.signet.operator.refresh;

/**
 * Names the store that an object reads from.
 *
 * @param <K> the key of an object
 */
@FunctionalInterface
public interface StoreOf<K> {

    /**
     * The store whose rate bounds refreshes of this object. It is called while the queue is locked,
     * so it must be quick and must not call the queue; if it throws, the empty name is taken.
     *
     * @return any name that tells stores apart, or "" when none is known
     */
    String storeOf(K key);
}
