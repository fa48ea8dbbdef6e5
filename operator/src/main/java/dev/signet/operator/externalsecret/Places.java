package dev.signet.operator.externalsecret;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for syncs that run at once. One store gets at most three quarters of them: a backend
 * that does not answer holds up those who read from it and leaves places for all others.
 *
 * <p>Who waits for a store's share holds no place meanwhile. Within a store it goes by arrival.
 */
final class Places {

    private final int count;
    private final Semaphore all;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Share> shares = new HashMap<>();

    private static final class Share {

        final Semaphore places;
        int users;

        Share(int size) {
            places = new Semaphore(size, true);
        }
    }

    Places(int count) {
        this.count = count;
        this.all = new Semaphore(count);
    }

    /** Waits for a place; to be given back with {@link #leave} for the same store. */
    void enter(String store) throws InterruptedException {
        Share share = join(store);
        try {
            share.places.acquire();
        } catch (InterruptedException e) {
            part(store, share);
            throw e;
        }
        try {
            all.acquire();
        } catch (InterruptedException e) {
            share.places.release();
            part(store, share);
            throw e;
        }
    }

    /** Gives a place back. */
    void leave(String store) {
        all.release();
        lock.lock();
        try {
            Share share = shares.get(store);
            if (share != null) {
                share.places.release();
                part(store, share);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes all places for good, so that nobody enters any more; false if that took too long. */
    boolean takeAll(long patience, TimeUnit unit) throws InterruptedException {
        return all.tryAcquire(count, patience, unit);
    }

    private Share join(String store) {
        lock.lock();
        try {
            Share share = shares.computeIfAbsent(store, key -> new Share(count - count / 4));
            share.users++;
            return share;
        } finally {
            lock.unlock();
        }
    }

    private void part(String store, Share share) {
        lock.lock();
        try {
            share.users--;
            if (share.users == 0) {
                shares.remove(store);
            }
        } finally {
            lock.unlock();
        }
    }
}
