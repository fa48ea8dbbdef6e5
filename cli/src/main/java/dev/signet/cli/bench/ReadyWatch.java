package dev.signet.cli.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/** Sees when each object of a fleet becomes Ready, or Synced, for the first time. */
final class ReadyWatch implements AutoCloseable {

    private static final String READY = "\"status\":\"True\",\"type\":\"Ready\"";
    private static final String NAME = "\"name\":\"" + Fleet.NAME;
    private static final String SYNCED = "\"status\":\"True\",\"type\":\"Synced\"";
    private static final Duration STEP = Duration.ofMillis(5);

    private final String mark;
    private final String kind;
    private final AtomicLongArray since;
    private final AtomicInteger ready = new AtomicInteger();
    private final EventStream stream;
    private volatile long last;

    private ReadyWatch(Lab lab, String collection, String kind, String mark, int capacity) {
        this.kind = kind;
        this.mark = mark;
        this.since = new AtomicLongArray(capacity);
        this.stream =
                EventStream.open(
                        lab, collection, lab.resourceVersion(collection), "", this::accept);
    }

    /** Watches from now on, objects numbered below {@code capacity}. */
    static ReadyWatch open(Lab lab, int capacity) {
        return new ReadyWatch(lab, Lab.EXTERNAL_SECRETS, "ExternalSecrets Ready", READY, capacity);
    }

    /** The same for SealedSecrets that become Synced. */
    static ReadyWatch ofSealedSecrets(Lab lab, int capacity) {
        return new ReadyWatch(lab, Lab.SEALED_SECRETS, "SealedSecrets Synced", SYNCED, capacity);
    }

    private void accept(String line) {
        int index = index(line);
        if (index >= 0 && index < since.length() && since.get(index) == 0 && line.contains(mark)) {
            long now = System.nanoTime();
            since.set(index, now);
            last = now;
            ready.incrementAndGet();
        }
    }

    /** The number in the object's name; below zero if this is no event of one. */
    static int index(String line) {
        int at = line.indexOf(NAME);
        if (at < 0) {
            return -1;
        }
        int index = 0;
        int from = at + NAME.length();
        int end = from;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            index = index * 10 + line.charAt(end) - '0';
            end++;
        }
        return end == from ? -1 : index;
    }

    static boolean isReady(String line) {
        return line.contains(READY);
    }

    int count() {
        return ready.get();
    }

    /** When, on the clock of {@link System#nanoTime}, the object became ready; 0 if it has not. */
    long readyAt(int index) {
        return since.get(index);
    }

    /** Waits until so many are ready, and returns when the last of them became so. */
    long await(int wanted, Duration limit, BooleanSupplier alive) {
        long end = System.nanoTime() + limit.toNanos();
        while (ready.get() < wanted) {
            String problem =
                    stream.broken()
                            ? "the watch has ended"
                            : !alive.getAsBoolean()
                                    ? "the operator has ended"
                                    : System.nanoTime() > end ? "no more patience" : "";
            if (!problem.isEmpty()) {
                throw new BenchException(
                        "%s with %d of %d %s".formatted(problem, ready.get(), wanted, kind));
            }
            Patience.pause(STEP);
        }
        return last;
    }

    @Override
    public void close() {
        stream.close();
    }
}
