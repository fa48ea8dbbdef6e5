package dev.signet.operator.sealedsecret.store;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.sealed.KeyRing;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
     * @param keys a hash of which values were asked for
     */
    record Try(ObjectKey object, int keys) {}

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
