package dev.signet.sealed;

import java.util.Map;

/**
 * Sealed values of one object.
 *
 * @param namespace of the SealedSecret
 * @param name of the SealedSecret
 * @param scope of the SealedSecret, by its own annotations
 * @param items base64 by key
 */
public record SealedItems(String namespace, String name, Scope scope, Map<String, String> items) {

    /** The map is copied. */
    public SealedItems {
        items = Map.copyOf(items);
    }
}
