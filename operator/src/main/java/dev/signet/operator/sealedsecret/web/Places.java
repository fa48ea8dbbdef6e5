package dev.signet.operator.sealedsecret.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests are worked on at once, of all, of each source and of each caller, and how many
 * may wait. A place that becomes free goes to who waits and whose source holds the fewest: callers
 * can be made up, sources cannot.
 */
final class Places {

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Caller, Integer> ofCallers = new HashMap<>();
    private final Map<String, Integer> ofSources = new HashMap<>();
    private final Deque<Waiting> line = new ArrayDeque<>();
    private int taken;

    /**
     * How many at once.
     *
     * @param all in all
     * @param ofSource of one source
     * @param ofCaller of one caller
     * @param waiting how many more may wait; of one source, half of them
     */
    record Limits(int all, int ofSource, int ofCaller, int waiting) {}

    /** One in line; two of the same caller are two. */
    private static final class Waiting {

        final Caller caller;

        Waiting(Caller caller) {
            this.caller = caller;
        }
    }

    Places(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes a place, if one is free in time and not too many wait already; to be given back by
     * {@link #leave}.
     */
    boolean enter(Caller caller, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        Waiting self = new Waiting(caller);
        lock.lockInterruptibly();
        try {
            line.add(self);
            while (next().filter(first -> first == self).isEmpty()) {
                if (nanos <= 0 || isTooLong(self)) {
                    return false;
                }
                nanos = moved.awaitNanos(nanos);
            }
            taken++;
            ofCallers.merge(caller, 1, Integer::sum);
            ofSources.merge(caller.source(), 1, Integer::sum);
            return true;
        } finally {
            line.remove(self);
            // With one place less or one in line less, another may be the next.
            moved.signalAll();
            lock.unlock();
        }
    }

    void leave(Caller caller) {
        lock.lock();
        try {
            taken--;
            ofCallers.computeIfPresent(caller, (who, count) -> count == 1 ? null : count - 1);
            ofSources.computeIfPresent(
                    caller.source(), (who, count) -> count == 1 ? null : count - 1);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Who may enter now, before all others. */
    private Optional<Waiting> next() {
        return taken >= limits.all()
                ? Optional.empty()
                : line.stream()
                        .filter(one ->
                                ofCallers.getOrDefault(one.caller, 0) < limits.ofCaller()
                                        && ofSource(one) < limits.ofSource())
                        // The first of the smallest.
                        .min(Comparator.comparingInt(this::ofSource));
    }

    private int ofSource(Waiting one) {
        return ofSources.getOrDefault(one.caller.source(), 0);
    }

    /** Only who comes last is turned away. */
    private boolean isTooLong(Waiting self) {
        if (line.peekLast() != self) {
            return false;
        }
        long ofSource =
                line.stream()
                        .filter(one -> one.caller.source().equals(self.caller.source()))
                        .count();
        return line.size() > limits.waiting() || ofSource > limits.waiting() / 2;
    }
}
