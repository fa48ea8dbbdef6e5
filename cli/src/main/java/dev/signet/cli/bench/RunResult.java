package dev.signet.cli.bench;

import java.util.List;
import java.util.Optional;

/**
 * What one run has shown.
 *
 * @param figures in the order in which they are told
 * @param curve what was seen from time to time; empty where nothing was
 * @param hotMethods where the operator spent its time; empty unless it was recorded
 * @param problems what is not as it must be; the command then fails
 */
record RunResult(
        List<Figure> figures, List<Sample> curve, List<String> hotMethods, List<String> problems) {

    RunResult {
        figures = List.copyOf(figures);
        curve = List.copyOf(curve);
        hotMethods = List.copyOf(hotMethods);
        problems = List.copyOf(problems);
    }

    /** Figures alone. */
    static RunResult of(List<Figure> figures) {
        return new RunResult(figures, List.of(), List.of(), List.of());
    }

    Optional<Figure> figure(String key) {
        return figures.stream().filter(figure -> figure.key().equals(key)).findFirst();
    }

    /**
     * What was seen at one moment.
     *
     * @param atSeconds since the start
     * @param liveHeap bytes after a full collection
     * @param rss bytes
     * @param errors syncs that failed until now
     * @param changes made to the fleet until now
     */
    record Sample(
            long atSeconds,
            long liveHeap,
            long rss,
            int threads,
            long sessions,
            long errors,
            long changes) {}
}
