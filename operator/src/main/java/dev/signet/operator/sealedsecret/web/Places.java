package dev.signet.operator.sealedsecret.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many requests are worked on at once, of all callers and of each. */
final class Places {

    private final int most;
    private final int mostOfOne;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<Caller, Integer> busy = new HashMap<>();
    private int taken;

    Places(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Takes a place, if one is free in time; to be given back by {@link #leave}. */
    boolean enter(Caller caller, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (taken >= most || busy.getOrDefault(caller, 0) >= mostOfOne) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = left.awaitNanos(nanos);
            }
            taken++;
            busy.merge(caller, 1, Integer::sum);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(Caller caller) {
        lock.lock();
        try {
            taken--;
            busy.computeIfPresent(caller, (who, count) -> count == 1 ? null : count - 1);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
