package dev.signet.operator.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/**
 * The figures of one controller, named as controller-runtime names them. Safe for any number of
 * threads.
 */
public final class ControllerMetrics {

    private static final Duration[] BUCKETS =
            DoubleStream.of(
                            0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45,
                            0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5,
                            6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60)
                    .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
                    .toArray(Duration[]::new);

    private final Map<ReconcileResult, Counter> results = new EnumMap<>(ReconcileResult.class);
    private final Counter errors;
    private final Timer time;
    private final AtomicInteger active = new AtomicInteger();

    ControllerMetrics(MeterRegistry registry, String controller, int workers) {
        for (ReconcileResult result : ReconcileResult.values()) {
            results.put(
                    result,
                    Counter.builder("controller.runtime.reconcile")
                            .description("Reconciles, by how they ended")
                            .tag("controller", controller)
                            .tag("result", result.label())
                            .register(registry));
        }
        errors =
                Counter.builder("controller.runtime.reconcile.errors")
                        .description("Reconciles that failed")
                        .tag("controller", controller)
                        .register(registry);
        time =
                Timer.builder("controller.runtime.reconcile.time")
                        .description("How long reconciles took")
                        .serviceLevelObjectives(BUCKETS)
                        .tag("controller", controller)
                        .register(registry);
        gauge(registry, "controller.runtime.active.workers", "Reconciles going on", controller);
        Gauge.builder("controller.runtime.max.concurrent.reconciles", () -> workers)
                .description("The most reconciles that may go on at once")
                .tag("controller", controller)
                .strongReference(true)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String help, String controller) {
        Gauge.builder(name, active::get)
                .description(help)
                .tag("controller", controller)
                .strongReference(true)
                .register(registry);
    }

    /** A reconcile begins; {@link #ended} must follow, whatever happens. */
    public void began() {
        active.incrementAndGet();
    }

    /** A reconcile that had begun has ended after {@code took}. */
    public void ended(ReconcileResult result, Duration took) {
        active.decrementAndGet();
        time.record(took);
        Counter counter = results.get(result);
        if (counter != null) {
            counter.increment();
        }
        if (result == ReconcileResult.ERROR) {
            errors.increment();
        }
    }
}
