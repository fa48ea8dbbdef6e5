package dev.signet.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a report for people: a row a figure, a column a run, and the median. */
final class TableText {

    private static final String BARS = "▁▂▃▄▅▆▇█";

    private TableText() {}

    static String of(BenchReport report) {
        BenchSettings settings = report.settings();
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%s, %d %s, %d at once, %d CPUs, %s%n%n",
                        settings.shape().label(),
                        settings.objects(),
                        settings.shape().kind(),
                        settings.concurrent(),
                        report.cpus(),
                        settings.own() ? "signet" : settings.command()));
        table(out, report);
        for (RunResult run : report.runs()) {
            curve(out, run.curve());
            section(out, "Where the CPU goes, by samples", run.hotMethods());
            section(out, "Not as it must be", run.problems());
        }
        return out.toString();
    }

    private static void table(StringBuilder out, BenchReport report) {
        boolean several = report.runs().size() > 1;
        List<List<String>> rows = new ArrayList<>();
        if (several) {
            List<String> head = new ArrayList<>(List.of(""));
            for (int i = 1; i <= report.runs().size(); i++) {
                head.add("run " + i);
            }
            head.add("median");
            rows.add(head);
        }
        for (Figure median : report.medians()) {
            List<String> row = new ArrayList<>(List.of(median.label()));
            for (RunResult run : report.runs()) {
                Optional<Figure> figure = run.figure(median.key());
                row.add(figure.map(f -> f.unit().text(f.value())).orElse("-"));
            }
            if (several) {
                row.add(median.unit().text(median.value()));
            }
            rows.add(row);
        }
        rows(out, rows);
    }

    /** The first column to the left, all others to the right. */
    private static void rows(StringBuilder out, List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                out.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            out.append(System.lineSeparator());
        }
    }

    private static void curve(StringBuilder out, List<RunResult.Sample> curve) {
        if (curve.isEmpty()) {
            return;
        }
        out.append(System.lineSeparator());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("after", "live heap", "RSS", "threads", "sessions", "errors", "changes"));
        for (RunResult.Sample at : curve) {
            rows.add(
                    List.of(
                            at.atSeconds() + " s",
                            String.format(Locale.ROOT, "%.1f MB", at.liveHeap() / 1e6),
                            Unit.MEGABYTES.text(at.rss() / 1e6),
                            Integer.toString(at.threads()),
                            at.sessions() < 0 ? "-" : Long.toString(at.sessions()),
                            Long.toString(at.errors()),
                            Long.toString(at.changes())));
        }
        rows(out, rows);
        out.append(System.lineSeparator());
        line(out, "live heap", curve.stream().map(at -> (double) at.liveHeap()).toList());
        line(out, "RSS      ", curve.stream().map(at -> (double) at.rss()).toList());
        line(out, "threads  ", curve.stream().map(at -> (double) at.threads()).toList());
    }

    /** From zero, so that a flat line looks flat. */
    private static void line(StringBuilder out, String what, List<Double> values) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        out.append(what).append(' ');
        for (double value : values) {
            double part = most == 0 ? 0 : value / most;
            out.append(BARS.charAt((int) Math.round(part * (BARS.length() - 1))));
        }
        out.append(System.lineSeparator());
    }

    private static void section(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append(System.lineSeparator()).append(title).append(System.lineSeparator());
            lines.forEach(line -> out.append("  ").append(line).append(System.lineSeparator()));
        }
    }
}
