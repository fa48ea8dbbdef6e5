package dev.signet.cli.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A scrape in the text format of Prometheus.
 *
 * @param samples in the order of the text
 */
record MetricsText(List<Sample> samples) {

    /** One line: a value under a name and labels. */
    record Sample(String name, Map<String, String> labels, double value) {

        String label(String key) {
            return labels.getOrDefault(key, "");
        }
    }

    /** Reads the samples whose names are wanted; all else, and what cannot be read, is left out. */
    static MetricsText parse(String text, Predicate<String> wanted) {
        List<Sample> samples = new ArrayList<>();
        text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .forEach(line -> {
                    int end = nameEnd(line);
                    if (wanted.test(line.substring(0, end))) {
                        add(samples, line, end);
                    }
                });
        return new MetricsText(samples);
    }

    /** The sum of all samples of this name. */
    double sum(String name) {
        return sum(name, any -> true);
    }

    /** The sum of those samples of this name that fulfil a condition. */
    double sum(String name, Predicate<Sample> condition) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(condition)
                .mapToDouble(Sample::value)
                .sum();
    }

    private static int nameEnd(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '{' || line.charAt(i) == ' ') {
                return i;
            }
        }
        return line.length();
    }

    private static void add(List<Sample> samples, String line, int nameEnd) {
        Map<String, String> labels = new HashMap<>();
        int at = nameEnd;
        if (at < line.length() && line.charAt(at) == '{') {
            at = labels(line, at + 1, labels);
        }
        String[] rest = at < 0 ? new String[0] : line.substring(at).strip().split(" ", 2);
        if (rest.length > 0 && !rest[0].isEmpty()) {
            samples.add(new Sample(line.substring(0, nameEnd), labels, number(rest[0])));
        }
    }

    /** Where the labels end, behind the brace; below zero if they do not end. */
    private static int labels(String line, int from, Map<String, String> labels) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '}') {
            int equals = line.indexOf("=\"", at);
            if (equals < 0) {
                return -1;
            }
            StringBuilder value = new StringBuilder();
            int end = equals + 2;
            while (end < line.length() && line.charAt(end) != '"') {
                if (line.charAt(end) == '\\' && end + 1 < line.length()) {
                    end++;
                }
                value.append(line.charAt(end));
                end++;
            }
            labels.put(line.substring(at, equals).strip(), value.toString());
            at = end + 1;
            if (at < line.length() && line.charAt(at) == ',') {
                at++;
            }
        }
        return at < line.length() ? at + 1 : -1;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
