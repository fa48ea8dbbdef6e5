package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Opens sealed values, as many at a time as there are processors.
 *
 * <p>A sealed value does not tell which key sealed it, and a try with a wrong key costs as much as
 * one with the right one. So the key that opened a value is remembered, and new values are tried
 * with the keys that opened others lately, and then with the rest, newest first: with many keys of
 * which few are in use, a value costs one try.
 *
 * <p>Where many wait, namespaces take turns, and the objects of each. An object of which {@value
 * #MOST_UNOPENED} values are found not to open costs no more: the rest is not tried.
 */
public final class Opener implements AutoCloseable {

    /** How many values of an object are found not to open before the rest is left alone. */
    static final int MOST_UNOPENED = 20;

    private final KeyMemory memory = new KeyMemory();
    private final Turns turns = new Turns();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread[] workers;
    private volatile long lastTried = System.nanoTime();

    /** With a thread for each processor. */
    public Opener() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** With so many threads. */
    public Opener(int threads) {
        ThreadFactory factory = Thread.ofPlatform().daemon().name("open-", 0).factory();
        this.workers =
                IntStream.range(0, threads)
                        .mapToObj(i -> factory.newThread(this::work))
                        .toArray(Thread[]::new);
    }

    /**
     * Opens all values of an object, with any key of the ring.
     *
     * @throws IllegalStateException where it is closed
     */
    public Opened open(SealedItems sealed, KeyRing ring) throws InterruptedException {
        if (!started.getAndSet(true)) {
            Stream.of(workers).forEach(Thread::start);
        }
        return turns.outcome(new Opening(sealed, ring));
    }

    /** Whether a value was tried not longer ago than that. */
    public boolean hasTriedWithin(Duration time) {
        return System.nanoTime() - lastTried <= time.toNanos();
    }

    @Override
    public void close() {
        turns.close();
        Stream.of(workers).forEach(Thread::interrupt);
    }

    private void work() {
        try {
            while (true) {
                Turns.Turn turn = turns.next();
                turns.ended(turn, attempt(turn));
                lastTried = System.nanoTime();
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private Attempt attempt(Turns.Turn turn) {
        try {
            return attempt(turn.text(), turn.opening());
        } catch (Throwable e) {
            // It is the waiting one's to hear of, and this thread has others to serve.
            return new Attempt.Broken(e);
        }
    }

    private Attempt attempt(String text, Opening opening) {
        byte[] bytes;
        try {
            bytes = Base64Text.decode(text);
        } catch (SealedFormatException e) {
            return new Attempt.Failed(String.valueOf(e.getMessage()));
        }
        Optional<Ciphertext> sealed = Ciphertext.split(bytes);
        if (sealed.isEmpty()) {
            return new Attempt.Failed(Opened.Unopened.NO_KEY);
        }
        byte[] label = opening.label();
        KeyMemory.Trace trace = KeyMemory.trace(sealed.get(), label);
        for (UnsealingKey key : memory.order(trace, opening.ring())) {
            if (opening.isGivenUp()) {
                break;
            }
            Optional<SecretValue> value = key.open(sealed.get(), label);
            if (value.isPresent()) {
                memory.opened(trace, key);
                return new Attempt.Value(value.get(), key);
            }
        }
        return new Attempt.Failed(Opened.Unopened.NO_KEY);
    }
}
