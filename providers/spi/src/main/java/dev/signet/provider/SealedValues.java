package dev.signet.provider;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The SealedSecrets of one namespace as they are at each call, and what opens them. Safe for any
 * number of threads.
 */
public interface SealedValues {

    /**
     * A SealedSecret, unopened.
     *
     * @param remoteKey the key by which it is known besides its name; empty for none
     */
    record Item(
            String name,
            String remoteKey,
            Map<String, String> labels,
            Map<String, String> annotations) {

        public Item {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }
    }

    /** The namespace, as messages name it. */
    String namespace();

    /**
     * All that there are, in no order.
     *
     * @throws ReferenceException where that is not known: now, or for good
     */
    List<Item> items() throws ReferenceException, InterruptedException;

    /**
     * Whether there are no others: where only some are looked at, one that is not found may exist,
     * and must not be called missing.
     */
    boolean areAll();

    /**
     * Values in one of them, by key.
     *
     * @param name that of an item
     * @param keys which are wanted; others need not be opened, and are left out
     */
    ReadOutcome<Map<String, SecretValue>> open(String name, Predicate<String> keys)
            throws InterruptedException;
}
