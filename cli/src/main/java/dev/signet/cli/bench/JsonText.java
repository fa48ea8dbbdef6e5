package dev.signet.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Writes a report for programs. */
final class JsonText {

    private static final int DIGITS = 4;

    private final JsonMapper mapper = new JsonMapper();

    private JsonText() {}

    static String of(BenchReport report) {
        return new JsonText().write(report);
    }

    private String write(BenchReport report) {
        BenchSettings settings = report.settings();
        ObjectNode root = mapper.createObjectNode();
        root.put("shape", settings.shape().label());
        root.put("objects", settings.objects());
        root.put("concurrent", settings.concurrent());
        root.put("cpus", report.cpus());
        root.put("command", settings.command());
        root.set("median", figures(report.medians()));
        ArrayNode runs = root.putArray("runs");
        report.runs().forEach(run -> runs.add(run(run)));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode run(RunResult run) {
        ObjectNode node = mapper.createObjectNode();
        node.set("figures", figures(run.figures()));
        if (!run.curve().isEmpty()) {
            ArrayNode curve = node.putArray("curve");
            for (RunResult.Sample at : run.curve()) {
                curve.addObject()
                        .put("at_s", at.atSeconds())
                        .put("live_heap_bytes", at.liveHeap())
                        .put("rss_bytes", at.rss())
                        .put("threads", at.threads())
                        .put("sessions", at.sessions())
                        .put("errors", at.errors())
                        .put("changes", at.changes());
            }
        }
        texts(node, "hot_methods", run.hotMethods());
        texts(node, "problems", run.problems());
        return node;
    }

    private ObjectNode figures(List<Figure> figures) {
        ObjectNode node = mapper.createObjectNode();
        for (Figure figure : figures) {
            BigDecimal value =
                    BigDecimal.valueOf(figure.value())
                            .setScale(DIGITS, RoundingMode.HALF_UP)
                            .stripTrailingZeros();
            node.put(figure.key(), value.scale() < 0 ? value.setScale(0) : value);
        }
        return node;
    }

    private static void texts(ObjectNode node, String key, List<String> lines) {
        if (!lines.isEmpty()) {
            ArrayNode array = node.putArray(key);
            lines.forEach(array::add);
        }
    }
}
