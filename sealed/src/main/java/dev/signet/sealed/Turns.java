package dev.signet.sealed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose value is opened next: one of each namespace in turn, and in a namespace one of each object.
 * Who has thousands of values to open, or of objects, keeps nobody else waiting for them.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition queued = lock.newCondition();
    private final Condition ended = lock.newCondition();
    private final SequencedMap<String, Deque<Opening>> queues = new LinkedHashMap<>();
    private boolean closed;

    /** One value, to be tried. */
    record Turn(Opening opening, String key, String text) {}

    /**
     * Has all values of an object tried, and waits for that.
     *
     * @throws IllegalStateException where one could not be tried, or the end came first
     */
    Opened outcome(Opening opening) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            queue(opening);
            while (!opening.isOver()) {
                if (closed) {
                    throw new IllegalStateException("sealed values are no longer opened");
                }
                ended.await();
            }
            return opening.outcome();
        } finally {
            leave(opening);
            lock.unlock();
        }
    }

    /** The value whose turn it is; waits for one. */
    Turn next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queues.isEmpty()) {
                queued.await();
            }
            Deque<Opening> objects = queues.pollFirstEntry().getValue();
            Opening opening = objects.removeFirst();
            opening.waits(false);
            Map.Entry<String, String> item = opening.take();
            if (!objects.isEmpty()) {
                queues.putLast(objects.getFirst().namespace(), objects);
            }
            queue(opening);
            return new Turn(opening, item.getKey(), item.getValue());
        } finally {
            lock.unlock();
        }
    }

    /** A value was tried. */
    void ended(Turn turn, Attempt attempt) {
        lock.lock();
        try {
            Opening opening = turn.opening();
            opening.ended(turn.key(), attempt);
            queue(opening);
            if (opening.isOver()) {
                ended.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any longer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            queues.clear();
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void queue(Opening opening) {
        if (opening.hasTurn() && !opening.isWaiting() && !closed) {
            opening.waits(true);
            queues.computeIfAbsent(opening.namespace(), any -> new ArrayDeque<>()).addLast(opening);
            queued.signalAll();
        }
    }

    private void leave(Opening opening) {
        opening.giveUp();
        Deque<Opening> objects = queues.get(opening.namespace());
        if (opening.isWaiting() && objects != null) {
            objects.remove(opening);
            if (objects.isEmpty()) {
                queues.remove(opening.namespace());
            }
        }
    }
}
