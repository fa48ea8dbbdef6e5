package dev.signet.operator.observe;

import java.io.IOException;

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
        for (int i = 0; i < conditions.length; i++) {
            Condition old = conditions[i];
            if (old.type().equals(type)) {
                boolean unknownSeen = old.unknownSeen() || status == ConditionStatus.UNKNOWN;
                conditions[i] = new Condition(old.type(), status, unknownSeen);
                return;
            }
        }
        Condition[] more = new Condition[conditions.length + 1];
        System.arraycopy(conditions, 0, more, 0, conditions.length);
        more[conditions.length] = new Condition(type, status, status == ConditionStatus.UNKNOWN);
        conditions = more;
    }

    synchronized void writeCalls(Exposition out, String namespace, String name) throws IOException {
        if (calls > 0) {
            out.sample(calls, "name", name, "namespace", namespace);
        }
    }

    synchronized void writeErrors(Exposition out, String namespace, String name)
            throws IOException {
        if (errors > 0) {
            out.sample(errors, "name", name, "namespace", namespace);
        }
    }

    synchronized void writeDuration(Exposition out, String namespace, String name)
            throws IOException {
        if (durationNanos >= 0) {
            out.sample(durationNanos, "name", name, "namespace", namespace);
        }
    }

    synchronized void writeConditions(Exposition out, String namespace, String name)
            throws IOException {
        for (Condition condition : conditions) {
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
