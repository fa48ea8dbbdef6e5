package dev.signet.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured, run by run.
 *
 * @param settings what was asked for
 * @param cpus of the machine
 */
public record BenchReport(BenchSettings settings, int cpus, List<RunResult> runs) {

    /** Copies the list. */
    public BenchReport {
        runs = List.copyOf(runs);
    }

    /** Whether something is not as it must be. */
    public boolean failed() {
        return runs.stream().anyMatch(run -> !run.problems().isEmpty());
    }

    /** As a table, for people. */
    public String text() {
        return TableText.of(this);
    }

    /** As JSON, for programs. */
    public String json() {
        return JsonText.of(this);
    }

    /** Each figure that any run has, with the median of those that have it. */
    List<Figure> medians() {
        List<Figure> medians = new ArrayList<>();
        for (Figure figure : order()) {
            List<Double> values =
                    runs.stream()
                            .flatMap(run -> run.figure(figure.key()).stream())
                            .map(Figure::value)
                            .toList();
            medians.add(
                    new Figure(
                            figure.key(), figure.label(), Numbers.median(values), figure.unit()));
        }
        return medians;
    }

    private List<Figure> order() {
        Map<String, Figure> first = new LinkedHashMap<>();
        runs.forEach(run -> run.figures().forEach(f -> first.putIfAbsent(f.key(), f)));
        return List.copyOf(first.values());
    }
}
