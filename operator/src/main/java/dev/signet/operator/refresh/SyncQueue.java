package dev.signet.operator.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when each object is handed to the controller framework.
 *
 * <p>There is at most one entry per key. Once due, entries go by {@link Priority}, then by due
 * time. Triggers and new objects have places of their own, so they never wait behind refreshes and
 * retries, which are handed on only while few enough of them are in flight and while their store's
 * rate allows. A key that is in flight may be handed on again; the framework is expected to
 * coalesce.
 *
 * <p>Safe for any number of threads. Keys are handed on one after the other by one daemon thread;
 * the receiver must be quick. What was scheduled before {@link #start()} waits for it.
 *
 * @param <K> the key of an object, with {@code equals} and {@code hashCode}
 */
public final class SyncQueue<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncQueue.class);

    /** A jump of the wall clock is noticed after at most this long. */
    private static final long MAX_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final QueueSettings<K> settings;
    private final Consumer<K> receiver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final QueueTime time;
    private final Pending<K> pending;
    private final Flights<K> flights;
    private @Nullable Thread thread;
    private boolean closed;
    private long sleepsUntil;

    /**
     * A queue that does nothing until it is started.
     *
     * @param clock the wall clock that due times are told in; a jump of it never stalls the queue
     * @param receiver is handed each key when its turn has come; if it throws, the key is handed on
     *     again a few seconds later
     */
    public SyncQueue(QueueSettings<K> settings, Clock clock, Consumer<K> receiver) {
        this(settings, clock, System::nanoTime, receiver);
    }

    SyncQueue(QueueSettings<K> settings, Clock clock, LongSupplier nanos, Consumer<K> receiver) {
        this.settings = settings;
        this.receiver = receiver;
        this.time = new QueueTime(clock, nanos);
        this.pending = new Pending<>(new Lanes<>(settings.storeOf(), settings.rates()));
        this.flights = new Flights<>(QueueTime.bounded(settings.safetyTime()), pending::landed);
    }

    /** Begins to hand keys on. Further calls, and calls after {@link #close()}, do nothing. */
    public void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                thread = Thread.ofPlatform().daemon().name("sync-queue").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for a sync of {@code key} at {@code due}, or at once if that has passed.
     *
     * <p>A pending entry is only ever brought forward or raised: of equal priorities the earlier
     * due time stays; a higher priority raises the entry and keeps the earlier due time; a lower
     * priority changes nothing, except that a new object never makes a trigger later than itself.
     */
    public void schedule(K key, Instant due, Priority priority) {
        locked(() -> merge(key, time.at(due), priority));
    }

    /** As {@link #schedule(Object, Instant, Priority)}, due after {@code delay}. */
    public void schedule(K key, Duration delay, Priority priority) {
        locked(() -> merge(key, time.in(delay), priority));
    }

    /**
     * Says when {@code key} is next due, now that a sync of it has finished. A pending entry is
     * replaced, unless it is a trigger: that came after the finished sync had begun, so its change
     * may not have been seen.
     */
    public void scheduleExactly(K key, Instant due, Priority priority) {
        locked(() -> replace(key, time.at(due), priority));
    }

    /** As {@link #scheduleExactly(Object, Instant, Priority)}, due after {@code delay}. */
    public void scheduleExactly(K key, Duration delay, Priority priority) {
        locked(() -> replace(key, time.in(delay), priority));
    }

    /** Forgets the key, which is gone: its entry and its place in flight. */
    public void remove(K key) {
        locked(() -> {
            pending.remove(key, time.now());
            flights.end(key);
        });
    }

    /** Gives back the place of a key that was handed on; does nothing for any other key. */
    public void done(K key) {
        locked(() -> flights.end(key));
    }

    /** How many keys wait, due or not. */
    public int size() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many keys are due and wait for a place or for their store's rate. */
    public int due() {
        lock.lock();
        try {
            pending.promote(time.now());
            return pending.due();
        } finally {
            lock.unlock();
        }
    }

    /** How many keys were handed on and are not done. */
    public int inFlight() {
        lock.lock();
        try {
            return flights.urgent() + flights.background();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Stops handing keys on and forgets all entries. Returns when the thread has ended or after
     * five seconds; the receiver may be in its last call then. Scheduling afterwards does nothing.
     */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            pending.clear();
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join(CLOSE_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Hands on all that may go now, on the calling thread; returns how many that were. */
    int drainDue() {
        int count = 0;
        while (true) {
            Entry<K> entry;
            lock.lock();
            try {
                entry = next(time.now());
            } finally {
                lock.unlock();
            }
            if (entry == null) {
                return count;
            }
            deliver(entry);
            count++;
        }
    }

    private void run() {
        try {
            for (Entry<K> entry = await(); entry != null; entry = await()) {
                deliver(entry);
            }
        } catch (InterruptedException e) {
            // Nothing interrupts this thread but a receiver that passes its own interrupt on.
            Thread.currentThread().interrupt();
            LOG.atError().log("sync queue interrupted; no more syncs are handed on");
        }
    }

    /** Waits for the next entry; null when closed. */
    private @Nullable Entry<K> await() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = time.now();
                Entry<K> entry = next(now);
                if (entry != null) {
                    return entry;
                }
                long wake = Math.min(pending.nextChange(), flights.nextDeadline());
                long nanos = Math.clamp(wake - now, 1, MAX_WAIT_NANOS);
                sleepsUntil = now + nanos;
                changed.awaitNanos(nanos);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Entry<K> next(long now) {
        if (closed) {
            return null;
        }
        flights.expire(now);
        pending.promote(now);
        if (flights.urgent() < settings.maxUrgentInFlight()) {
            Entry<K> entry = pending.takeUrgent();
            if (entry != null) {
                flights.startUrgent(entry.key, now);
                return entry;
            }
        }
        int free = settings.maxInFlight() - flights.background();
        Pending.Taken<K> taken = pending.takeBackground(now, free, settings.maxInFlight());
        if (taken == null) {
            return null;
        }
        flights.start(taken.entry().key, taken.store(), now);
        return taken.entry();
    }

    private void deliver(Entry<K> entry) {
        try {
            settings.listener().emitted(entry.priority, late(entry));
            receiver.accept(entry.key);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("object", entry.key)
                    .log("sync could not be handed on; trying again");
            done(entry.key);
            schedule(entry.key, AFTER_REFUSAL, Priority.RETRY);
        }
    }

    private Duration late(Entry<K> entry) {
        lock.lock();
        try {
            return Duration.ofNanos(Math.max(0, time.now() - entry.due));
        } finally {
            lock.unlock();
        }
    }

    private void merge(K key, long due, Priority priority) {
        Entry<K> old = pending.get(key);
        if (old == null) {
            pending.put(key, due, priority, time.now());
            return;
        }
        boolean higher = priority.compareTo(old.priority) < 0;
        boolean lower = priority.compareTo(old.priority) > 0;
        if (lower && !priority.urgent()) {
            return;
        }
        if (higher || due < old.due) {
            Priority kept = higher ? priority : old.priority;
            pending.put(key, Math.min(due, old.due), kept, time.now());
        }
    }

    private void replace(K key, long due, Priority priority) {
        Entry<K> old = pending.get(key);
        if (old != null && old.priority == Priority.TRIGGER) {
            merge(key, due, priority);
        } else {
            pending.put(key, due, priority, time.now());
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            if (!closed) {
                change.run();
                // Waking the thread for each of a hundred thousand far-off entries would be waste.
                if (pending.due() > 0 || pending.nextChange() < sleepsUntil) {
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
