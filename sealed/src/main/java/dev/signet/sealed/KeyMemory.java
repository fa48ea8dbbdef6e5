package dev.signet.sealed;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which key opened which sealed value, for the last hundred thousand (about 10 MB), and which keys
 * opened any value lately.
 */
final class KeyMemory {

    private static final int MOST = 100_000;

    /** Beyond these, keys are tried newest first. */
    private static final int LATELY = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Trace, String> keys =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Trace, String> eldest) {
                    return size() > MOST;
                }
            };
    private final List<String> lately = new ArrayList<>(LATELY + 1);

    /** What stands for a sealed value and its label; not the value, nor made of it. */
    record Trace(long high, long low) {}

    /** The trace of a sealed value. */
    static Trace trace(Ciphertext sealed, byte[] label) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(sealed.wrappedKey());
            ByteBuffer digest = ByteBuffer.wrap(hash.digest(label));
            return new Trace(digest.getLong(), digest.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** All keys of the ring, the likeliest first. */
    List<UnsealingKey> order(Trace trace, KeyRing ring) {
        List<String> first = new ArrayList<>(LATELY + 1);
        lock.lock();
        try {
            @Nullable String known = keys.get(trace);
            if (known != null) {
                first.add(known);
            }
            first.addAll(lately);
        } finally {
            lock.unlock();
        }
        Map<String, UnsealingKey> rest = new LinkedHashMap<>();
        ring.keys().forEach(key -> rest.putIfAbsent(key.fingerprint(), key));
        List<UnsealingKey> ordered = new ArrayList<>(rest.size());
        for (String fingerprint : first) {
            @Nullable UnsealingKey key = rest.remove(fingerprint);
            if (key != null) {
                ordered.add(key);
            }
        }
        ordered.addAll(rest.values());
        return ordered;
    }

    /** Remembers that this key opened the value. */
    void opened(Trace trace, UnsealingKey key) {
        lock.lock();
        try {
            keys.put(trace, key.fingerprint());
            lately.remove(key.fingerprint());
            lately.addFirst(key.fingerprint());
            if (lately.size() > LATELY) {
                lately.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }
}
