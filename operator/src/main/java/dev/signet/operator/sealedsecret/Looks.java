package dev.signet.operator.sealedsecret;

import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is looked at, and when: each object by one worker at a time, and once for all that was asked
 * for in the meantime. An object that is asked for while it is looked at is looked at again. Of
 * those that are due, namespaces take turns, and no namespace has all workers.
 */
final class Looks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Looks.class);

    /** So many entries more than objects are worth clearing out. */
    private static final int STALE = 1_024;

    private final Consumer<ObjectKey> look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Due> heap =
            new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));
    private final NamespaceRounds ready;

    /** The entry that counts, of each object that is to be looked at. */
    private final Map<ObjectKey, Due> pending = new HashMap<>();

    private final Set<ObjectKey> running = new HashSet<>();
    private final List<Thread> workers = new ArrayList<>();
    private long lastProgress;
    private boolean closed;

    private record Due(ObjectKey key, long nanos) {}

    /**
     * @param look should not throw; what it does throw is logged
     * @param ofOneNamespace how many looks there may be at a time at objects of one namespace
     */
    Looks(Consumer<ObjectKey> look, int ofOneNamespace) {
        this.look = look;
        this.ready = new NamespaceRounds(ofOneNamespace);
    }

    /** Begins, with so many looks at a time. */
    void start(int concurrent) {
        lock.lock();
        try {
            lastProgress = System.nanoTime();
            for (int i = 0; i < concurrent && !closed; i++) {
                workers.add(Thread.ofVirtual().name("unseal-" + i).start(this::work));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a look; one that is due earlier stays. */
    void ask(ObjectKey key, Duration delay) {
        lock.lock();
        try {
            // Within the lock: what is ready by now must not seem due later than this.
            long nanos = System.nanoTime() + delay.toNanos();
            Due known = pending.get(key);
            if (!closed && (known == null || nanos - known.nanos() < 0)) {
                put(new Due(key, nanos));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many are due or under way. */
    int due() {
        long now = System.nanoTime();
        lock.lock();
        try {
            return running.size()
                    + ready.size()
                    + (int)
                            heap.stream()
                                    .filter(each -> each.nanos() - now <= 0 && counts(each))
                                    .count();
        } finally {
            lock.unlock();
        }
    }

    /** How many entries are held for those that are asked for. */
    int entries() {
        lock.lock();
        try {
            return heap.size() + ready.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether looks go on: none is due, or one began or ended not longer ago than that. Before the
     * start and after the end they do.
     */
    boolean isGoingOn(Duration patience) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Due first = heap.peek();
            boolean isDue = ready.size() > 0 || (first != null && first.nanos() - now <= 0);
            return closed
                    || workers.isEmpty()
                    || !isDue
                    || now - lastProgress <= patience.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is under way may finish until then. */
    @Override
    public void close() {
        List<Thread> all;
        lock.lock();
        try {
            closed = true;
            heap.clear();
            pending.clear();
            changed.signalAll();
            all = List.copyOf(workers);
        } finally {
            lock.unlock();
        }
        try {
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            for (Thread worker : all) {
                worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(Thread::interrupt);
    }

    private void put(Due due) {
        // The entry that it replaces stays in the heap, where taking it out would take long.
        pending.put(due.key(), due);
        if (!running.contains(due.key())) {
            add(due);
        }
    }

    private void add(Due due) {
        if (heap.size() > 2 * pending.size() + STALE) {
            heap.removeIf(each -> !counts(each));
        }
        heap.add(due);
        changed.signal();
    }

    private boolean counts(Due due) {
        return due.equals(pending.get(due.key()));
    }

    private void work() {
        while (true) {
            ObjectKey key;
            try {
                key = next();
            } catch (InterruptedException e) {
                return;
            }
            if (key == null) {
                return;
            }
            try {
                look.accept(key);
            } catch (Throwable e) {
                // Others have to be looked at. Its message may quote what was being read.
                log.atError()
                        .addKeyValue("sealedSecret", key)
                        .addKeyValue("failure", e.getClass().getName())
                        .log("a look at a SealedSecret broke off");
            } finally {
                done(key);
            }
        }
    }

    /** Null at the end. */
    private @Nullable ObjectKey next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                long wait = comeDue();
                @Nullable ObjectKey key = ready.next();
                if (key != null) {
                    pending.remove(key);
                    running.add(key);
                    lastProgress = System.nanoTime();
                    if (ready.size() > 0) {
                        changed.signal();
                    }
                    return key;
                }
                if (wait == 0) {
                    changed.await();
                } else {
                    changed.awaitNanos(wait);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Lines up what is due; the nanoseconds until the next is, or 0 where there is none. */
    private long comeDue() {
        Due first = heap.peek();
        while (first != null) {
            if (counts(first)) {
                long wait = first.nanos() - System.nanoTime();
                if (wait > 0) {
                    return wait;
                }
                ready.add(first.key());
            }
            heap.poll();
            first = heap.peek();
        }
        return 0;
    }

    private void done(ObjectKey key) {
        lock.lock();
        try {
            running.remove(key);
            ready.ended(key);
            lastProgress = System.nanoTime();
            Due again = pending.get(key);
            if (again != null) {
                add(again);
            }
        } finally {
            lock.unlock();
        }
    }
}
