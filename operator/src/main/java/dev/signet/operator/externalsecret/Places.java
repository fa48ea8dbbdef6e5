package dev.signet.operator.externalsecret;

import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Share;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The places for looks that run at once. A backend that does not answer holds up those who read
 * from it and leaves places for all others: one store gets no more than its {@link Share}, also
 * while others hold on to theirs.
 *
 * <p>What waits is a key and no thread, so that a large fleet waits in little memory. Of the stores
 * that are waited for, the one with the fewest places is next; within a store it goes by arrival.
 * An object is looked at by one thread at a time: one that is asked for while it waits is looked at
 * once, and one that is asked for while it is looked at waits again.
 */
final class Places implements AutoCloseable {

    private final int count;
    private final Consumer<ObjectKey> look;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();

    /** Those that hold a place or wait for one; the one served longest ago first. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** All objects that wait or are looked at. */
    private final Map<ObjectKey, Turn> turns = new HashMap<>();

    private int free;
    private boolean open;

    private static final class Line {

        final Deque<Turn> waiting = new ArrayDeque<>();
        int held;
    }

    private static final class Turn {

        final ObjectKey key;
        String store;
        boolean running;

        /** The store for which it was asked again while it is looked at. */
        @Nullable String again;

        Turn(ObjectKey key, String store) {
            this.key = key;
            this.store = store;
        }
    }

    /**
     * Lets nobody in until {@link #open()}.
     *
     * @param look is called for each object on a thread of its own; it must not throw
     */
    Places(int count, Consumer<ObjectKey> look) {
        this.count = count;
        this.free = count;
        this.look = look;
    }

    /** Begins to let in those that wait. */
    void open() {
        lock.lock();
        try {
            open = true;
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** Has the object looked at, as soon as there is a place for one of this store. */
    void ask(ObjectKey key, String store) {
        lock.lock();
        try {
            Turn turn = turns.get(key);
            if (turn == null) {
                turn = new Turn(key, store);
                turns.put(key, turn);
                await(turn);
            } else if (turn.running) {
                turn.again = store;
            } else if (!turn.store.equals(store)) {
                // It shall not wait behind a store that it no longer uses.
                leaveLine(turn);
                turn.store = store;
                await(turn);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and waits until all are out; false if that took too long. */
    boolean takeAll(long patience, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(patience);
        lock.lock();
        try {
            open = false;
            while (free < count && left > 0) {
                left = empty.awaitNanos(left);
            }
            return free == count;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts those that are still in. */
    @Override
    public void close() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
    }

    private void await(Turn turn) {
        lines.computeIfAbsent(turn.store, name -> new Line()).waiting.add(turn);
        serve();
    }

    private void leaveLine(Turn turn) {
        Line line = lines.get(turn.store);
        if (line != null) {
            line.waiting.remove(turn);
            forgetIfIdle(turn.store, line);
        }
    }

    private void serve() {
        while (open && free > 0 && serveOne()) {
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
        Turn turn = least.waiting.remove();
        turn.running = true;
        least.held++;
        free--;
        threads.execute(() -> run(turn));
        return true;
    }

    private void run(Turn turn) {
        try {
            look.accept(turn.key);
        } finally {
            leave(turn);
        }
    }

    private void leave(Turn turn) {
        lock.lock();
        try {
            Line line = lines.get(turn.store);
            if (line != null) {
                line.held--;
                forgetIfIdle(turn.store, line);
            }
            free++;
            if (free == count) {
                empty.signalAll();
            }
            turn.running = false;
            String again = turn.again;
            if (again == null) {
                turns.remove(turn.key);
                serve();
            } else {
                turn.again = null;
                turn.store = again;
                await(turn);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfIdle(String store, Line line) {
        if (line.held == 0 && line.waiting.isEmpty()) {
            lines.remove(store);
        }
    }
}
