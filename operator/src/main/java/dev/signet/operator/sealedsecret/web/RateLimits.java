package dev.signet.operator.sealedsecret.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How often each caller may ask for each path.
 *
 * <p>A bucket for each caller and path, and a larger one for each source. The second bounds what
 * one pod can do that makes callers up, and with it how many buckets there are; all who come by the
 * API server share its. Of both kinds, the most recently used ten thousand are kept, about 3 MB.
 */
final class RateLimits {

    private static final int MOST = 10_000;

    /** How many callers at full speed one source may stand for. */
    private static final int CALLERS = 8;

    private final double perSecond;
    private final Bucket caller;
    private final Bucket source;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Long> callers = recent();
    private final Map<String, Long> sources = recent();

    private record Key(String path, Caller caller) {}

    /**
     * @param perSecond for each caller and path; 0 for any number
     * @param burst how many more at once
     */
    RateLimits(double perSecond, int burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        double rate = perSecond > 0 ? perSecond : 1;
        this.caller = Bucket.of(rate, burst);
        this.source = Bucket.of(rate * CALLERS, burst * CALLERS);
    }

    /** Whether callers are limited. */
    boolean enabled() {
        return perSecond > 0;
    }

    /** How many a caller may ask at once. */
    long limit() {
        return caller.limit();
    }

    /** Counts one request, if it may be made. */
    Bucket.Verdict ask(String path, Caller who) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            Key key = new Key(path, who);
            Bucket.Verdict shared = source.ask(sources.getOrDefault(who.source(), now), now);
            if (!shared.allowed()) {
                return shared;
            }
            Bucket.Verdict own = caller.ask(callers.getOrDefault(key, now), now);
            if (own.allowed()) {
                callers.put(key, own.emptyAt());
                sources.put(who.source(), shared.emptyAt());
            }
            return own;
        } finally {
            lock.unlock();
        }
    }

    /** How many callers are known. */
    int size() {
        lock.lock();
        try {
            return callers.size() + sources.size();
        } finally {
            lock.unlock();
        }
    }

    private static <K> Map<K, Long> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                return size() > MOST;
            }
        };
    }
}
