package dev.signet.provider;

import java.util.List;
import java.util.Map;

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
     * The values in one of them, by key.
     *
     * @param name that of an item
     */
    ReadOutcome<Map<String, SecretValue>> open(String name) throws InterruptedException;
}
