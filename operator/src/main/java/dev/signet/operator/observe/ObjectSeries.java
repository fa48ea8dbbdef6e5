package dev.signet.operator.observe;

import java.io.IOException;
import java.util.Arrays;

/**
 * The figures of one object.
 *
 * <p>Kept as plain fields, because a fleet has tens of thousands of these with five series each,
 * and a meter per series would cost more than the objects themselves.
 */
final class ObjectSeries {

    /** One condition; both its True and False series are shown once it was told. */
    private record Condition(String type, ConditionStatus status, boolean unknownSeen) {}

    private static final Condition[] NONE = {};

    private long calls;
    private long errors;
    private long durationNanos = -1;
    private Condition[] conditions = NONE;

    synchronized void reconciled(long nanos) {
        calls++;
        durationNanos = nanos;
    }

    synchronized void failed() {
        errors++;
    }

    synchronized void condition(String type, ConditionStatus status) {
        Condition[] next = conditions;
        int at = 0;
        while (at < next.length && !next[at].type().equals(type)) {
            at++;
        }
        boolean known = at < next.length;
        boolean unknownSeen =
                status == ConditionStatus.UNKNOWN || (known && next[at].unknownSeen());
        // A scrape may be reading the array that was there.
        next = Arrays.copyOf(next, known ? next.length : next.length + 1);
        next[at] = new Condition(type, status, unknownSeen);
        conditions = next;
    }

    // What is written may have to wait for a slow reader, and a sync must never wait with it: so
    // the figures are read under the lock, and written without.

    private synchronized long calls() {
        return calls;
    }

    private synchronized long errors() {
        return errors;
    }

    private synchronized long durationNanos() {
        return durationNanos;
    }

    private synchronized Condition[] conditions() {
        return conditions;
    }

    void writeCalls(Exposition out, String namespace, String name) throws IOException {
        long now = calls();
        if (now > 0) {
            out.sample(now, "name", name, "namespace", namespace);
        }
    }

    void writeErrors(Exposition out, String namespace, String name) throws IOException {
        long now = errors();
        if (now > 0) {
            out.sample(now, "name", name, "namespace", namespace);
        }
    }

    void writeDuration(Exposition out, String namespace, String name) throws IOException {
        long now = durationNanos();
        if (now >= 0) {
            out.sample(now, "name", name, "namespace", namespace);
        }
    }

    void writeConditions(Exposition out, String namespace, String name) throws IOException {
        for (Condition condition : conditions()) {
            for (ConditionStatus status : ConditionStatus.values()) {
                if (status != ConditionStatus.UNKNOWN || condition.unknownSeen()) {
                    out.sample(
                            status == condition.status() ? 1 : 0,
                            "condition",
                            condition.type(),
                            "name",
                            name,
                            "namespace",
                            namespace,
                            "status",
                            status.label());
                }
            }
        }
    }
}
