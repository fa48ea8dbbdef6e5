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

/**
 * Who is looked at, and when: each object by one worker at a time, and once for all that was asked
 * for in the meantime. An object that is asked for while it is looked at is looked at again.
 */
final class Looks implements AutoCloseable {

    private final Consumer<ObjectKey> look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Due> heap =
            new PriorityQueue<>((a, b) -> Long.signum(a.nanos() - b.nanos()));
    private final Map<ObjectKey, Due> pending = new HashMap<>();
    private final Set<ObjectKey> running = new HashSet<>();
    private final List<Thread> workers = new ArrayList<>();
    private boolean closed;

    private record Due(ObjectKey key, long nanos) {}

    /**
     * @param look must not throw
     */
    Looks(Consumer<ObjectKey> look) {
        this.look = look;
    }

    /** Begins, with so many looks at a time. */
    void start(int concurrent) {
        for (int i = 0; i < concurrent; i++) {
            workers.add(Thread.ofVirtual().name("unseal-" + i).start(this::work));
        }
    }

    /** Asks for a look; one that is due earlier stays. */
    void ask(ObjectKey key, Duration delay) {
        long nanos = System.nanoTime() + delay.toNanos();
        lock.lock();
        try {
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
                    + (int) heap.stream().filter(each -> each.nanos() - now <= 0).count();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is under way may finish until then. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            heap.clear();
            pending.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            for (Thread worker : workers) {
                worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.forEach(Thread::interrupt);
    }

    private void put(Due due) {
        @Nullable Due known = pending.put(due.key(), due);
        if (known != null) {
            heap.remove(known);
        }
        if (!running.contains(due.key())) {
            heap.add(due);
            changed.signal();
        }
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
            } finally {
                done(key);
            }
        }
    }

    /** Null at the end. */
    private @Nullable ObjectKey next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Due first = heap.peek();
                if (first == null) {
                    changed.await();
                    continue;
                }
                long wait = first.nanos() - System.nanoTime();
                if (wait > 0) {
                    changed.awaitNanos(wait);
                    continue;
                }
                heap.poll();
                pending.remove(first.key());
                running.add(first.key());
                return first.key();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void done(ObjectKey key) {
        lock.lock();
        try {
            running.remove(key);
            Due again = pending.get(key);
            if (again != null) {
                heap.add(again);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
