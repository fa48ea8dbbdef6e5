package dev.signet.operator.observe;

import java.io.IOException;

/**
 * Writes samples in the Prometheus text format, under exactly the names given.
 *
 * <p>A client library would not: it insists that a counter's name ends in {@code _total}, and two
 * counters of External Secrets do not.
 */
final class Exposition {

    private final Appendable out;
    private String name = "";
    private String help = "";
    private String type = "";
    private boolean begun;

    Exposition(Appendable out) {
        this.out = out;
    }

    /**
     * Begins a family; its head is written with its first sample, so an empty one leaves no trace.
     */
    void family(String newName, String newType, String newHelp) {
        name = newName;
        type = newType;
        help = newHelp;
        begun = false;
    }

    /** One sample of the family; {@code labels} are names and values in turn. */
    void sample(long value, String... labels) throws IOException {
        sample(Long.toString(value), labels);
    }

    /** As {@link #sample(long, String...)}. */
    void sample(double value, String... labels) throws IOException {
        sample(Double.toString(value), labels);
    }

    private void sample(String value, String[] labels) throws IOException {
        begin();
        out.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            out.append(i == 0 ? "{" : ",").append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            out.append('"');
        }
        if (labels.length > 0) {
            out.append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private void begin() throws IOException {
        if (!begun) {
            out.append("# HELP ").append(name).append(' ').append(help).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            begun = true;
        }
    }

    private void escape(String value) throws IOException {
        // Nearly all values are names of objects, which hold none of these.
        if (value.indexOf('\\') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0) {
            out.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }
}
