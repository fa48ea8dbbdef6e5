package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Opens sealed values, as many at a time as there are processors.
 *
 * <p>A sealed value does not tell which key sealed it, and a try with a wrong key costs as much as
 * one with the right one. So the key that opened a value is remembered, and new values are tried
 * with the keys that opened others lately, and then with the rest, newest first: with many keys of
 * which few are in use, a value costs one try.
 */
public final class Opener implements AutoCloseable {

    private final ExecutorService processors;
    private final KeyMemory memory;

    /** With a thread for each processor. */
    public Opener() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** With so many threads. */
    public Opener(int threads) {
        this.processors =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("open-", 0).factory());
        this.memory = new KeyMemory();
    }

    /** Opens all values of an object, with any key of the ring. */
    public Opened open(SealedItems sealed, KeyRing ring) throws InterruptedException {
        byte[] label = sealed.scope().label(sealed.namespace(), sealed.name());
        Map<String, Future<Attempt>> attempts = new TreeMap<>();
        sealed.items()
                .forEach((key, text) ->
                        attempts.put(key, processors.submit(() -> attempt(text, label, ring))));
        try {
            return gathered(attempts);
        } finally {
            attempts.values().forEach(attempt -> attempt.cancel(true));
        }
    }

    @Override
    public void close() {
        processors.shutdownNow();
    }

    private static Opened gathered(Map<String, Future<Attempt>> attempts)
            throws InterruptedException {
        Map<String, SecretValue> values = new TreeMap<>();
        Set<String> openedBy = new TreeSet<>();
        TreeMap<String, String> problems = new TreeMap<>();
        for (Map.Entry<String, Future<Attempt>> entry : attempts.entrySet()) {
            switch (result(entry.getValue())) {
                case Attempt.Value opened -> {
                    values.put(entry.getKey(), opened.value());
                    openedBy.add(opened.key().fingerprint());
                }
                case Attempt.Failed failed -> problems.put(entry.getKey(), failed.problem());
            }
        }
        return problems.isEmpty()
                ? new Opened.Values(values, openedBy)
                : new Opened.Unopened(problems);
    }

    private static Attempt result(Future<Attempt> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            // Nothing in an attempt throws for what is sealed; the cause is a defect or lack of
            // memory.
            throw new IllegalStateException("a sealed value could not be tried", e.getCause());
        }
    }

    private Attempt attempt(String text, byte[] label, KeyRing ring) {
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
        KeyMemory.Trace trace = KeyMemory.trace(sealed.get(), label);
        for (UnsealingKey key : memory.order(trace, ring)) {
            if (Thread.currentThread().isInterrupted()) {
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

    /** What came of one value. */
    private sealed interface Attempt {

        /** It is open. */
        record Value(SecretValue value, UnsealingKey key) implements Attempt {}

        /** It is not. */
        record Failed(String problem) implements Attempt {}
    }
}
