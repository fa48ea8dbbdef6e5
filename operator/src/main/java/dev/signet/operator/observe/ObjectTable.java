package dev.signet.operator.observe;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The figures of all objects of one kind. */
final class ObjectTable {

    private record Key(String namespace, String name) {}

    @FunctionalInterface
    private interface Part {
        void write(ObjectSeries series, String namespace, String name) throws IOException;
    }

    private final ObjectKind kind;
    private final Map<Key, ObjectSeries> objects = new ConcurrentHashMap<>();

    ObjectTable(ObjectKind kind) {
        this.kind = kind;
    }

    ObjectSeries of(String namespace, String name) {
        return objects.computeIfAbsent(new Key(namespace, name), key -> new ObjectSeries());
    }

    void remove(String namespace, String name) {
        objects.remove(new Key(namespace, name));
    }

    void write(Exposition out) throws IOException {
        String prefix = kind.prefix();
        String what = kind.displayName();
        if (kind == ObjectKind.EXTERNAL_SECRET) {
            out.family(prefix + "_sync_calls_total", "counter", "Syncs of the " + what);
            each((series, namespace, name) -> series.writeCalls(out, namespace, name));
            out.family(prefix + "_sync_calls_error", "counter", "Failed syncs of the " + what);
            each((series, namespace, name) -> series.writeErrors(out, namespace, name));
        }
        out.family(
                prefix + "_status_condition",
                "gauge",
                "1 for the status that a condition of the " + what + " has, else 0");
        each((series, namespace, name) -> series.writeConditions(out, namespace, name));
        out.family(
                prefix + "_reconcile_duration",
                "gauge",
                "Nanoseconds that the last reconcile of the " + what + " took");
        each((series, namespace, name) -> series.writeDuration(out, namespace, name));
    }

    private void each(Part part) throws IOException {
        for (Map.Entry<Key, ObjectSeries> object : objects.entrySet()) {
            Key key = object.getKey();
            part.write(object.getValue(), key.namespace(), key.name());
        }
    }
}
