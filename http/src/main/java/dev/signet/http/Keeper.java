package dev.signet.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections for the next call, and ends those that take too long: a timeout of a socket
 * starts anew with each byte. Its thread lives as long as there is something to keep.
 */
final class Keeper {

    private static final Duration TICK = Duration.ofSeconds(1);

    /** Shorter than what servers and balancers in front of them keep. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Duration patience;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean closed;

    Keeper(Duration patience) {
        this.patience = patience;
    }

    /** The connection that was used last; null without one. */
    @Nullable Connection take() {
        Connection kept = idle.pollFirst();
        while (kept != null && !kept.isOpen()) {
            kept = idle.pollFirst();
        }
        return kept;
    }

    /** A call begins on it. */
    void begin(Connection connection) {
        connection.touch(System.nanoTime());
        busy.add(connection);
        tick();
    }

    /** The call ended, and the connection is good for another. */
    void keep(Connection connection) {
        busy.remove(connection);
        connection.touch(System.nanoTime());
        idle.addFirst(connection);
        if (closed) {
            forgetIdle();
        }
    }

    /** The call ended, or never began, and the connection with it. */
    void drop(Connection connection) {
        busy.remove(connection);
        connection.close(CloseMode.IMMEDIATE);
    }

    void forgetIdle() {
        Connection kept = idle.pollFirst();
        while (kept != null) {
            kept.close(CloseMode.IMMEDIATE);
            kept = idle.pollFirst();
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        forgetIdle();
        busy.forEach(Connection::cut);
    }

    private void tick() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("http-keeper").start(this::ticks);
        }
    }

    private void ticks() {
        try {
            do {
                while (!busy.isEmpty() || !idle.isEmpty()) {
                    Thread.sleep(TICK);
                    tidy(System.nanoTime());
                }
                ticking.set(false);
                // A call may have begun in between, and taken this thread for alive.
            } while (!busy.isEmpty() && ticking.compareAndSet(false, true));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void tidy(long now) {
        for (Connection connection : busy) {
            if (now - connection.since() > patience.toNanos()) {
                connection.cut();
            }
        }
        Connection oldest = idle.peekLast();
        while (oldest != null
                && now - oldest.since() > IDLE.toNanos()
                && idle.removeLastOccurrence(oldest)) {
            oldest.close(CloseMode.GRACEFUL);
            oldest = idle.peekLast();
        }
    }
}
