package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Looks at the operator from time to time. Not thread-safe. */
final class Sampler {

    private static final String SESSIONS = "signet_store_sessions";

    private final OperatorProcess operator;
    private final boolean jvm;
    private final LongSupplier changes;
    private final Progress progress;
    private final long begun = System.nanoTime();
    private final List<RunResult.Sample> samples = new ArrayList<>();

    /**
     * @param jvm whether the operator is a JVM, whose live heap can be told
     */
    Sampler(OperatorProcess operator, boolean jvm, LongSupplier changes, Progress progress) {
        this.operator = operator;
        this.jvm = jvm;
        this.changes = changes;
        this.progress = progress;
    }

    /** Takes one, and tells it. */
    void take() {
        long heap = jvm ? JdkTools.liveHeap(operator.pid()).orElse(0) : 0;
        Optional<ProcessFigures> process = operator.figures();
        RunResult.Sample sample =
                new RunResult.Sample(
                        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                        heap,
                        process.map(ProcessFigures::rss).orElse(0L),
                        process.map(ProcessFigures::threads).orElse(0),
                        operator.count(SESSIONS).orElse(-1),
                        operator.count(ControllerCount.ERRORS).orElse(0),
                        changes.getAsLong());
        samples.add(sample);
        progress.line(
                String.format(
                        Locale.ROOT,
                        "after %d s: %.1f MB live, %.0f MB RSS, %d threads, %d errors, %d changes",
                        sample.atSeconds(),
                        sample.liveHeap() / 1e6,
                        sample.rss() / 1e6,
                        sample.threads(),
                        sample.errors(),
                        sample.changes()));
    }

    List<RunResult.Sample> samples() {
        return List.copyOf(samples);
    }

    /** How live heap and threads were in the second quarter of the time, and in the last. */
    List<Figure> trend() {
        int quarter = samples.size() / 4;
        if (quarter == 0) {
            return List.of();
        }
        List<RunResult.Sample> early = samples.subList(quarter, 2 * quarter);
        List<RunResult.Sample> late = samples.subList(samples.size() - quarter, samples.size());
        return List.of(
                Figure.megabytes("live_heap_early", "live heap, second quarter", heap(early)),
                Figure.megabytes("live_heap_late", "live heap, last quarter", heap(late)),
                Figure.count("threads_early", "threads, second quarter", threads(early)),
                Figure.count("threads_late", "threads, last quarter", threads(late)));
    }

    private static long heap(List<RunResult.Sample> samples) {
        return Math.round(
                Numbers.median(samples.stream().map(at -> (double) at.liveHeap()).toList()));
    }

    private static long threads(List<RunResult.Sample> samples) {
        return Math.round(
                Numbers.median(samples.stream().map(at -> (double) at.threads()).toList()));
    }
}
