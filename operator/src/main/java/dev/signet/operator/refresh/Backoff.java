package dev.signet.operator.refresh;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed sync is tried again: longer each time, and never the same for
 * many objects that failed together.
 *
 * <p>The bounds are those of External Secrets, one second and seven minutes. The wait is drawn
 * evenly between the lower bound and a ceiling that doubles with each failure in a row. Failures
 * are counted for a bounded number of keys; beyond it the key that failed longest ago starts anew.
 * Safe for any number of threads.
 *
 * @param <K> the key of an object
 */
public final class Backoff<K> {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(7);
    private static final int MAX_KEYS = 100_000;

    /** A store may ask for any wait; a mistaken one must not silence an object for good. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private final Jitter jitter;
    private final Duration first;
    private final Duration longest;
    private final Map<K, Integer> failures;

    /** Waits between one second and seven minutes. */
    public Backoff(RandomGenerator random) {
        this(random, FIRST, LONGEST, MAX_KEYS);
    }

    /**
     * Waits between these bounds.
     *
     * @param maxKeys for how many keys failures are counted
     * @throws IllegalArgumentException if the bounds are not in order or not positive
     */
    public Backoff(RandomGenerator random, Duration first, Duration longest, int maxKeys) {
        if (!first.isPositive() || longest.compareTo(first) < 0 || maxKeys < 1) {
            throw new IllegalArgumentException("need 0 < first <= longest and maxKeys >= 1");
        }
        this.jitter = new Jitter(random);
        this.first = first;
        this.longest = longest;
        this.failures =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, Integer> eldest) {
                        return size() > maxKeys;
                    }
                };
    }

    /** Counts a failure and gives the wait before the next attempt. */
    public Duration failed(K key) {
        int count;
        synchronized (failures) {
            count = failures.merge(key, 1, Integer::sum);
        }
        return first.plus(jitter.upTo(ceiling(count).minus(first)));
    }

    /**
     * Counts a failure and gives the wait, which is at least what the store asked for (but heeds at
     * most an hour), with up to a tenth more so that those told the same do not return together.
     *
     * @param retryAfter what the store asked for; zero if nothing
     */
    public Duration failed(K key, Duration retryAfter) {
        Duration own = failed(key);
        Duration asked = retryAfter.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : retryAfter;
        if (asked.compareTo(own) <= 0) {
            return own;
        }
        return asked.plus(jitter.upTo(asked.dividedBy(10)));
    }

    /** Forgets the failures of a key that succeeded or is gone. */
    public void succeeded(K key) {
        synchronized (failures) {
            failures.remove(key);
        }
    }

    /** How many times in a row the key has failed. */
    public int failures(K key) {
        synchronized (failures) {
            return failures.getOrDefault(key, 0);
        }
    }

    private Duration ceiling(int count) {
        Duration ceiling = first;
        for (int i = 0; i < count && ceiling.compareTo(longest) < 0; i++) {
            ceiling = ceiling.multipliedBy(2);
        }
        return ceiling.compareTo(longest) > 0 ? longest : ceiling;
    }
}
