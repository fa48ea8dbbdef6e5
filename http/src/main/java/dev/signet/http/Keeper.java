package dev.signet.http;

import java.io.IOException;
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

    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean closed;

    /** The connection that was used last; null without one. */
    @Nullable Connection take() {
        Connection kept = idle.pollFirst();
        while (kept != null && !kept.isOpen()) {
            kept = idle.pollFirst();
        }
        return kept;
    }

    /** A call begins on it, or it comes about: it has this long. */
    void begin(Connection connection, Duration limit) {
        connection.touch(System.nanoTime(), limit.toNanos());
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
        discard(connection);
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
        busy.forEach(Keeper::cut);
    }

    private static void discard(Connection connection) {
        try {
            connection.discard();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.cut();
        } catch (IOException e) {
            // It is of no more use either way.
        }
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
                // A call may have begun, or ended, in between, and taken this thread for alive.
            } while ((!busy.isEmpty() || !idle.isEmpty()) && ticking.compareAndSet(false, true));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void tidy(long now) {
        for (Connection connection : busy) {
            if (connection.isOverdueAt(now)) {
                cut(connection);
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
