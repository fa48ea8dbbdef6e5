package dev.signet.operator.observe;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Metrics of unsealing, with the names and labels of Bitnami's controller, so that its dashboards
 * and alerts go on. Nothing is shown until unsealing is {@linkplain #serving served}. Safe for any
 * number of threads.
 */
public final class SealedSecretMetrics {

    private static final String PREFIX = "sealed_secrets_controller_";

    /** Why a SealedSecret is not in step. */
    public enum Failure {
        /** It could not be read. */
        FETCH,
        /** Its status could not be written. */
        STATUS,
        /** It could not be opened. */
        UNSEAL,
        /** The Secret is somebody else's. */
        UNMANAGED,
        /** The Secret could not be written. */
        UPDATE;

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Key(String namespace, String name) {}

    private record Condition(int value, String instance) {}

    private record Failed(Failure failure, String namespace) {}

    private final LongAdder requests = new LongAdder();
    private final ConcurrentMap<Failed, LongAdder> failures = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Condition> conditions = new ConcurrentHashMap<>();
    private volatile String revision = "";
    private volatile boolean omitsObjects;

    SealedSecretMetrics() {}

    /**
     * Shows these metrics from now on.
     *
     * @param newRevision of the operator
     * @param omitObjects whether those that name SealedSecrets are left out
     */
    public void serving(String newRevision, boolean omitObjects) {
        omitsObjects = omitObjects;
        revision = newRevision;
    }

    /** A SealedSecret is about to be unsealed. */
    public void unsealing() {
        requests.increment();
    }

    /** It was not brought in step. */
    public void failed(Failure failure, String namespace) {
        failures.computeIfAbsent(new Failed(failure, namespace), any -> new LongAdder())
                .increment();
    }

    /**
     * The condition Synced of a SealedSecret.
     *
     * @param instance its label {@code app.kubernetes.io/instance}; empty without one
     */
    public void condition(String namespace, String name, ConditionStatus status, String instance) {
        if (omitsObjects) {
            return;
        }
        int value =
                switch (status) {
                    case TRUE -> 1;
                    case FALSE -> -1;
                    case UNKNOWN -> 0;
                };
        conditions.put(new Key(namespace, name), new Condition(value, instance));
    }

    /** A SealedSecret is gone, and its series with it. */
    public void removed(String namespace, String name) {
        conditions.remove(new Key(namespace, name));
    }

    void write(Exposition out) throws IOException {
        if (revision.isEmpty()) {
            return;
        }
        out.family(PREFIX + "build_info", "gauge", "Version of the operator");
        out.sample(1, "revision", revision);
        out.family(PREFIX + "unseal_requests_total", "counter", "SealedSecrets unsealed or tried");
        out.sample(requests.sum());
        out.family(PREFIX + "unseal_errors_total", "counter", "SealedSecrets not brought in step");
        for (Map.Entry<Failed, LongAdder> entry : failures.entrySet()) {
            out.sample(
                    entry.getValue().sum(),
                    "namespace",
                    entry.getKey().namespace(),
                    "reason",
                    entry.getKey().failure().label());
        }
        out.family(
                PREFIX + "condition_info",
                "gauge",
                "Status of a SealedSecret's condition: 1 for True, -1 for False, 0 for Unknown");
        for (Map.Entry<Key, Condition> entry : conditions.entrySet()) {
            out.sample(
                    entry.getValue().value(),
                    "condition",
                    "Synced",
                    "name",
                    entry.getKey().name(),
                    "namespace",
                    entry.getKey().namespace(),
                    "ss_app_kubernetes_io_instance",
                    entry.getValue().instance());
        }
    }
}
