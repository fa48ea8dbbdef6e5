package dev.signet.operator.externalsecret;

import dev.signet.operator.refresh.Share;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for syncs that run at once. A backend that does not answer holds up those who read
 * from it and leaves places for all others: one store gets no more than its {@link Share}, also
 * while others hold on to theirs.
 *
 * <p>Who waits holds no place meanwhile. Of the stores that wait, the one with the fewest places is
 * next; within a store it goes by arrival.
 */
final class Places {

    private final int count;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();

    /** Those that hold a place or wait for one; the one served longest ago first. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private int free;
    private boolean closed;

    private static final class Line {

        final Deque<Semaphore> waiting = new ArrayDeque<>();
        int held;
    }

    Places(int count) {
        this.count = count;
        this.free = count;
    }

    /** Waits for a place; to be given back with {@link #leave} for the same store. */
    void enter(String store) throws InterruptedException {
        Semaphore turn = new Semaphore(0);
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(store, name -> new Line());
            line.waiting.add(turn);
            serve();
        } finally {
            lock.unlock();
        }
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            giveUp(store, turn);
            throw e;
        }
    }

    /** Gives a place back. */
    void leave(String store) {
        lock.lock();
        try {
            Line line = lines.get(store);
            if (line != null && line.held > 0) {
                line.held--;
                free++;
                forgetIfIdle(store, line);
                serve();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes all places for good, so that nobody enters any more; false if that took too long. */
    boolean takeAll(long patience, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(patience);
        lock.lock();
        try {
            closed = true;
            while (free < count && left > 0) {
                left = empty.awaitNanos(left);
            }
            return free == count;
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(String store, Semaphore turn) {
        lock.lock();
        try {
            Line line = lines.get(store);
            if (line != null && line.waiting.remove(turn)) {
                forgetIfIdle(store, line);
                return;
            }
        } finally {
            lock.unlock();
        }
        // Its turn came at the same time.
        leave(store);
    }

    private void serve() {
        if (free == count) {
            empty.signalAll();
        }
        while (!closed && free > 0 && serveOne()) {
            // Until nobody may enter.
        }
    }

    private boolean serveOne() {
        String next = "";
        Line least = null;
        Iterator<Map.Entry<String, Line>> all = lines.entrySet().iterator();
        while (all.hasNext() && (least == null || least.held > 0)) {
            Map.Entry<String, Line> each = all.next();
            Line line = each.getValue();
            if (!line.waiting.isEmpty() && (least == null || line.held < least.held)) {
                next = each.getKey();
                least = line;
            }
        }
        if (least == null || !Share.allows(least.held, free, count)) {
            return false;
        }
        lines.remove(next);
        lines.put(next, least);
        least.held++;
        free--;
        least.waiting.remove().release();
        return true;
    }

    private void forgetIfIdle(String store, Line line) {
        if (line.held == 0 && line.waiting.isEmpty()) {
            lines.remove(store);
        }
    }
}
