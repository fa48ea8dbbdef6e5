package dev.signet.sealed;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys that open sealed values, newest first.
 *
 * @param keys without two of the same fingerprint
 */
public record KeyRing(List<UnsealingKey> keys) {

    /** Without a key: nothing can be opened. */
    public static final KeyRing EMPTY = new KeyRing(List.of());

    /** The list is copied. */
    public KeyRing {
        keys = List.copyOf(keys);
    }

    /** The keys ordered by the start of their certificates, the newest first. */
    public static KeyRing byCertificate(List<UnsealingKey> keys) {
        Comparator<UnsealingKey> byStart =
                Comparator.comparing(key -> key.certificate().notBefore());
        return new KeyRing(
                keys.stream()
                        .sorted(byStart.reversed().thenComparing(UnsealingKey::name))
                        .toList());
    }

    /** The key whose certificate is given out. */
    public Optional<UnsealingKey> newest() {
        return keys.stream().findFirst();
    }

    /** The names of the keys, newest first. */
    public List<String> names() {
        return keys.stream().map(UnsealingKey::name).toList();
    }
}
