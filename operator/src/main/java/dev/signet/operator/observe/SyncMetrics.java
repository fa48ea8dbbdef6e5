package dev.signet.operator.observe;

import dev.signet.provider.ProviderCalls;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;

/**
 * All metrics of the operator, with the names, labels and units of External Secrets.
 *
 * <p>Per object: {@code externalsecret_sync_calls_total}, {@code externalsecret_sync_calls_error},
 * and for every {@link ObjectKind} {@code _status_condition} and {@code _reconcile_duration} (in
 * nanoseconds). Per call to a backend: {@code externalsecret_provider_api_calls_count}. Per
 * controller and queue: what controller-runtime gives. Then {@code process_*} and {@code jvm_*}.
 *
 * <p>Safe for any number of threads.
 */
public final class SyncMetrics implements MetricsSource, ProviderCalls, AutoCloseable {

    /** The queue of ExternalSecrets, as controller-runtime names it. */
    public static final String EXTERNAL_SECRET_QUEUE = "externalsecret";

    /** Providers name their calls in code; a mistake there must not fill the memory. */
    private static final int MAX_CALLS = 1_000;

    private static final Duration[] QUEUE_BUCKETS =
            LongStream.iterate(10, nanos -> nanos * 10)
                    .limit(12)
                    .mapToObj(Duration::ofNanos)
                    .toArray(Duration[]::new);

    private record Call(String provider, String call, boolean success) {}

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<ObjectKind, ObjectTable> tables = new EnumMap<>(ObjectKind.class);
    private final Map<Call, LongAdder> calls = new ConcurrentHashMap<>();
    private final ProcessFigures process = new ProcessFigures(Path.of("/proc/self/status"));
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final SealedSecretMetrics sealedSecrets = new SealedSecretMetrics();

    /** Metrics with the figures of this JVM and process, and no others yet. */
    public SyncMetrics() {
        for (ObjectKind kind : ObjectKind.values()) {
            tables.put(kind, new ObjectTable(kind));
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /**
     * A reconcile of an object has ended, whatever came of it. For an ExternalSecret it counts as a
     * sync call, as it does in External Secrets even when nothing was due.
     *
     * @param namespace empty for a cluster-scoped object
     */
    public void reconciled(ObjectKind kind, String namespace, String name, Duration took) {
        table(kind).of(namespace, name).reconciled(took.toNanos());
    }

    /** A sync of an ExternalSecret has failed; to be told besides {@link #reconciled}. */
    public void syncFailed(String namespace, String name) {
        table(ObjectKind.EXTERNAL_SECRET).of(namespace, name).failed();
    }

    /**
     * An object's condition has this status now. Its series for that status becomes 1, those of the
     * other statuses 0.
     *
     * @param type the condition's type, such as {@code Ready}
     */
    public void condition(
            ObjectKind kind, String namespace, String name, String type, ConditionStatus status) {
        table(kind).of(namespace, name).condition(type, status);
    }

    /** An object is gone: all its series are dropped. To be told after its last reconcile. */
    public void removed(ObjectKind kind, String namespace, String name) {
        table(kind).remove(namespace, name);
    }

    @Override
    public void ended(String provider, String call, boolean success) {
        Call key = new Call(provider, call, success);
        if (calls.size() >= MAX_CALLS && !calls.containsKey(key)) {
            key = new Call("other", "other", success);
        }
        calls.computeIfAbsent(key, any -> new LongAdder()).increment();
    }

    /**
     * The figures of one controller, shown from now on. To be asked for once per controller.
     *
     * @param controller its name, such as {@link ObjectKind#prefix()}
     * @param workers how many reconciles may go on at once
     */
    public ControllerMetrics controller(String controller, int workers) {
        return new ControllerMetrics(registry, controller, workers);
    }

    /**
     * Shows a queue from now on. To be asked for once per queue.
     *
     * @param name the queue's name
     * @param depth how many keys are due and wait
     * @return to be told how long each key had waited when it left
     */
    public Consumer<Duration> queue(String name, IntSupplier depth) {
        Gauge.builder("workqueue.depth", depth::getAsInt)
                .description("Keys that are due and wait")
                .tag("controller", name)
                .tag("name", name)
                .strongReference(true)
                .register(registry);
        Timer waits =
                Timer.builder("workqueue.queue.duration")
                        .description("How long keys waited after they were due")
                        .serviceLevelObjectives(QUEUE_BUCKETS)
                        .tag("controller", name)
                        .tag("name", name)
                        .register(registry);
        return waits::record;
    }

    /** Shows the hearts from now on. To be asked for once. */
    public void heartbeats(Heartbeats hearts) {
        hearts.show((part, seconds) ->
                Gauge.builder("signet.heartbeat.age.seconds", part, seconds)
                        .description("Seconds since a part that must go on was last felt")
                        .tag("part", part.label())
                        .strongReference(true)
                        .register(registry));
    }

    /** Those of unsealing. */
    public SealedSecretMetrics sealedSecrets() {
        return sealedSecrets;
    }

    /** For meters of a bounded number of series that have no method here. */
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        registry.scrape(out, CONTENT_TYPE);
        Writer writer =
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        Exposition exposition = new Exposition(writer);
        process.write(exposition);
        writeCalls(exposition);
        for (ObjectTable table : tables.values()) {
            table.write(exposition);
        }
        sealedSecrets.write(exposition);
        writer.flush();
    }

    private void writeCalls(Exposition out) throws IOException {
        out.family("externalsecret_provider_api_calls_count", "counter", "Calls made to backends");
        for (Map.Entry<Call, LongAdder> call : calls.entrySet()) {
            out.sample(
                    call.getValue().sum(),
                    "call",
                    call.getKey().call(),
                    "provider",
                    call.getKey().provider(),
                    "status",
                    call.getKey().success() ? "success" : "error");
        }
    }

    private ObjectTable table(ObjectKind kind) {
        return tables.computeIfAbsent(kind, ObjectTable::new);
    }

    /** Stops listening to the JVM's garbage collector. */
    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
