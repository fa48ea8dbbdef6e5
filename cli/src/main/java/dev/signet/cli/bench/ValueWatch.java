package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.function.BooleanSupplier;

/** Sees when a Secret of a fleet gets a value. */
final class ValueWatch implements AutoCloseable {

    private static final String SECRETS = "/api/v1/secrets";
    private static final String VALUE = "\"data\":{\"value\":\"";

    private final EventStream stream;
    private volatile Wanted wanted = new Wanted(-1, "");
    private volatile long seenAt;

    private record Wanted(int index, String encoded) {}

    private ValueWatch(Lab lab) {
        this.stream =
                EventStream.open(
                        lab, SECRETS, lab.resourceVersion(SECRETS), Fleet.MANAGED, this::accept);
    }

    static ValueWatch open(Lab lab) {
        return new ValueWatch(lab);
    }

    private void accept(String line) {
        long now = System.nanoTime();
        Wanted one = wanted;
        if (one.index() == ReadyWatch.index(line) && line.contains(VALUE + one.encoded() + '"')) {
            seenAt = now;
            wanted = new Wanted(-1, "");
        }
    }

    /** Says for what {@link #await} will wait; to be called before the change is asked for. */
    void expect(int index, String value) {
        seenAt = 0;
        wanted = new Wanted(index, Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
    }

    /** Waits until it came, and returns when, on the clock of {@link System#nanoTime}. */
    long await(Duration limit, BooleanSupplier alive) {
        long end = System.nanoTime() + limit.toNanos();
        while (seenAt == 0) {
            if (stream.broken()) {
                throw new BenchException("the watch of the Secrets has ended");
            }
            if (!alive.getAsBoolean()) {
                throw new BenchException("the operator has ended");
            }
            if (System.nanoTime() > end) {
                throw new BenchException("a triggered value did not arrive");
            }
            Patience.pause(Duration.ofMillis(1));
        }
        return seenAt;
    }

    @Override
    public void close() {
        stream.close();
    }
}
