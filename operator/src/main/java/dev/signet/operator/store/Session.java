package dev.signet.operator.store;

import dev.signet.provider.SecretClient;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** A client that is shared, and closed after its last user has left. */
final class Session {

    private final GuardedClient client;
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
    private boolean retired;
    private boolean closed;
    private Instant lastUse;

    Session(GuardedClient client, Instant now) {
        this.client = client;
        this.lastUse = now;
    }

    SecretClient client() {
        return client;
    }

    boolean isResting() {
        return client.isResting();
    }

    boolean isLeftAlone() {
        return client.isLeftAlone();
    }

    /** False when the session is retired, and then nothing is held. */
    boolean enter() {
        lock.lock();
        try {
            if (retired) {
                return false;
            }
            users++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(Instant now) {
        lock.lock();
        try {
            lastUse = now;
        } finally {
            lock.unlock();
        }
        depart();
    }

    boolean idleSince(Instant then) {
        lock.lock();
        try {
            return users == 0 && lastUse.isBefore(then);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no new users, and closes the client when the last one has left, without making the
     * caller wait.
     */
    void retire() {
        lock.lock();
        try {
            retired = true;
        } finally {
            lock.unlock();
        }
        closeWhenEmpty();
    }

    void closeNow() {
        lock.lock();
        try {
            retired = true;
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        client.close();
    }

    private void depart() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
        closeWhenEmpty();
    }

    private void closeWhenEmpty() {
        lock.lock();
        try {
            if (!retired || users > 0 || closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        // Revoking a token is a call to the backend, for which nobody here needs to wait.
        Thread.ofVirtual().name("close-session").start(client::close);
    }
}
