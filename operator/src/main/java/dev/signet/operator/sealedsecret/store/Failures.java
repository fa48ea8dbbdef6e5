package dev.signet.operator.sealedsecret.store;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.sealed.KeyRing;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which sealed values could not be opened. To find that out costs a try with each key, and nothing
 * but news of the object or of the keys can change it. The last thousand are remembered.
 */
final class Failures {

    private static final int MOST = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Try, Failure> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Try, Failure> eldest) {
                    return size() > MOST;
                }
            };

    /**
     * @param keys a SHA-256 of which values were asked for, for their names may be long
     */
    record Try(ObjectKey object, String keys) {

        static Try of(ObjectKey object, Set<String> keys) {
            try {
                MessageDigest hash = MessageDigest.getInstance("SHA-256");
                for (String key : new TreeSet<>(keys)) {
                    hash.update(key.getBytes(StandardCharsets.UTF_8));
                    hash.update((byte) 0);
                }
                return new Try(object, HexFormat.of().formatHex(hash.digest()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("SHA-256 is not available", e);
            }
        }
    }

    /** Holds no object that the watch has let go of. */
    private record Failure(WeakReference<SealedSecret> of, KeyRing ring, String reason) {}

    /** Why these values of this very object cannot be opened with these keys, if that is known. */
    Optional<String> find(Try asked, SealedSecret sealed, KeyRing ring) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(asked))
                    .filter(failure -> failure.of().refersTo(sealed) && failure.ring().equals(ring))
                    .map(Failure::reason);
        } finally {
            lock.unlock();
        }
    }

    /** Remembers it. */
    void add(Try asked, SealedSecret sealed, KeyRing ring, String reason) {
        lock.lock();
        try {
            known.put(asked, new Failure(new WeakReference<>(sealed), ring, reason));
        } finally {
            lock.unlock();
        }
    }
}
