package dev.signet.operator.sealedsecret;

import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Holds off those whose Secret is changed again and again: who else writes it would be answered
 * forever. The first five changes are answered at once, later ones after a second, two, four and so
 * on, and after a quiet time all begins anew.
 */
final class Calm {

    private static final int FREE = 5;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final ConcurrentMap<ObjectKey, Answers> answers = new ConcurrentHashMap<>();

    private record Answers(int count, long last) {}

    /**
     * @param nanos a time as of {@link System#nanoTime()}
     */
    Calm(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A change was answered. */
    void answered(ObjectKey key) {
        long now = nanos.getAsLong();
        answers.merge(
                key,
                new Answers(1, now),
                (old, one) -> isOver(old, now) ? one : new Answers(old.count() + 1, now));
    }

    /** How long the next answer has to wait. */
    Duration delay(ObjectKey key) {
        Answers known = answers.get(key);
        if (known == null || known.count() < FREE || isOver(known, nanos.getAsLong())) {
            return Duration.ZERO;
        }
        Duration delay = Duration.ofSeconds(1L << Math.min(known.count() - FREE, 20));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    void forget(ObjectKey key) {
        answers.remove(key);
    }

    private static boolean isOver(Answers known, long now) {
        return now - known.last() > QUIET.toNanos();
    }
}
