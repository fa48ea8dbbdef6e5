package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gathers what several readers ask for at about the same time into calls of a limited size.
 *
 * <p>The first of them waits for others for a moment, somewhat longer while earlier calls are under
 * way, as their readers are the ones who ask next. Where more ask in a row than a call takes, many
 * are being refreshed, and who has been answered makes room for the next: then it waits as long as
 * others keep coming. A full call goes at once. There is no thread while nobody asks.
 *
 * @param <V> what is asked for
 */
final class Together<V> {

    /** How long a first reader waits for others. */
    static final Duration LINGER = Duration.ofMillis(20);

    /** How long at most, while earlier calls are under way. */
    static final Duration LONGEST = Duration.ofMillis(150);

    /** How long it waits for one more, while many are being refreshed. */
    static final Duration PAUSE = Duration.ofMillis(400);

    /** How long at most, while many are being refreshed; so long without a reader ends a row. */
    static final Duration STREAM = Duration.ofSeconds(1);

    private static final int CALLS_AT_ONCE = 8;

    /** One call; has an outcome for each identifier. */
    @FunctionalInterface
    interface Call<V> {
        Map<String, ReadOutcome<V>> of(List<String> ids) throws InterruptedException;
    }

    private final int most;
    private final Call<V> call;
    private final Semaphore places = new Semaphore(CALLS_AT_ONCE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock:
    private final Map<String, CompletableFuture<ReadOutcome<V>>> waiting = new LinkedHashMap<>();
    private boolean dispatching;
    private int underWay;
    private int inARow;
    private long firstNanos;
    private long lastNanos;
    private long landedNanos = System.nanoTime() - LONGEST.toNanos();

    /**
     * @param most how many identifiers one call takes
     */
    Together(int most, Call<V> call) {
        this.most = most;
        this.call = call;
    }

    /** The outcome for an identifier; shared with others who wait for the same. */
    CompletableFuture<ReadOutcome<V>> ask(String id) {
        lock.lock();
        try {
            CompletableFuture<ReadOutcome<V>> same = waiting.get(id);
            if (same != null) {
                return same;
            }
            CompletableFuture<ReadOutcome<V>> end = new CompletableFuture<>();
            long now = System.nanoTime();
            inARow = now - lastNanos < STREAM.toNanos() ? Math.min(inARow, most) + 1 : 1;
            lastNanos = now;
            if (waiting.isEmpty()) {
                firstNanos = now;
            }
            waiting.put(id, end);
            if (!dispatching) {
                dispatching = true;
                Thread.ofVirtual().name("aws-together").start(this::dispatch);
            } else if (waiting.size() >= most) {
                changed.signalAll();
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    private void dispatch() {
        while (true) {
            places.acquireUninterruptibly();
            Map<String, CompletableFuture<ReadOutcome<V>>> next = next();
            if (next.isEmpty()) {
                places.release();
                return;
            }
            Thread.ofVirtual().name("aws-batch").start(() -> make(next));
        }
    }

    /** The next call's readers; empty where nobody waits, and then this thread ends. */
    private Map<String, CompletableFuture<ReadOutcome<V>>> next() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                dispatching = false;
                return Map.of();
            }
            long left = nanosToWait();
            while (waiting.size() < most && left > 0) {
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    // Nobody has this thread to interrupt; the readers want their answer.
                    Thread.currentThread().interrupt();
                    break;
                }
                left = nanosToWait();
            }
            underWay++;
            return taken();
        } finally {
            lock.unlock();
        }
    }

    private long nanosToWait() {
        long now = System.nanoTime();
        if (inARow > most) {
            long last = landedNanos - lastNanos > 0 ? landedNanos : lastNanos;
            return Math.min(firstNanos + STREAM.toNanos(), last + PAUSE.toNanos()) - now;
        }
        long longest = firstNanos + LONGEST.toNanos() - now;
        if (underWay > 0) {
            return longest;
        }
        long since = landedNanos - firstNanos > 0 ? landedNanos : firstNanos;
        return Math.min(longest, since + LINGER.toNanos() - now);
    }

    private Map<String, CompletableFuture<ReadOutcome<V>>> taken() {
        Map<String, CompletableFuture<ReadOutcome<V>>> taken = new LinkedHashMap<>();
        var all = waiting.entrySet().iterator();
        while (all.hasNext() && taken.size() < most) {
            var one = all.next();
            taken.put(one.getKey(), one.getValue());
            all.remove();
        }
        firstNanos = System.nanoTime();
        return taken;
    }

    private void make(Map<String, CompletableFuture<ReadOutcome<V>>> readers) {
        Map<String, ReadOutcome<V>> outcomes = Map.of();
        ReadOutcome<V> otherwise = new ReadOutcome.Unavailable<>("AWS left a question open");
        try {
            outcomes = call.of(new ArrayList<>(readers.keySet()));
        } catch (InterruptedException e) {
            otherwise = new ReadOutcome.Unavailable<>("the session with this store is closed");
        } catch (RuntimeException e) {
            otherwise = Outcomes.unexpected(e);
        } finally {
            landed();
            for (var reader : readers.entrySet()) {
                reader.getValue().complete(outcomes.getOrDefault(reader.getKey(), otherwise));
            }
        }
    }

    private void landed() {
        lock.lock();
        try {
            underWay--;
            landedNanos = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        places.release();
    }
}
