package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** YAML in blocks, as Go's tools write it; lists stand below their key without indentation. */
final class YamlWriter {

    private static final int INDENT = 2;

    /** Of a key that stands on its line; a longer one is written behind a question mark. */
    private static final int LONGEST_KEY = 128;

    private final StringBuilder out = new StringBuilder();
    private final boolean sorted;

    private YamlWriter(boolean sorted) {
        this.sorted = sorted;
    }

    /**
     * The tree, with a line end behind it.
     *
     * @param sorted whether keys are sorted, or stay in their order
     */
    static String write(JsonNode tree, boolean sorted) {
        YamlWriter writer = new YamlWriter(sorted);
        if (tree.isContainerNode() && !tree.isEmpty()) {
            writer.block(tree, 0, false);
        } else {
            writer.inline(tree, INDENT);
            writer.endLine();
        }
        return writer.out.toString();
    }

    private void block(JsonNode node, int indent, boolean afterDash) {
        boolean onLine = afterDash;
        if (node.isArray()) {
            for (JsonNode element : node) {
                pad(indent, onLine);
                onLine = false;
                out.append('-');
                element(element, indent);
            }
            return;
        }
        for (Map.Entry<String, JsonNode> entry : entries(node)) {
            pad(indent, onLine);
            onLine = false;
            key(entry.getKey(), indent);
            value(entry.getValue(), indent);
        }
    }

    private void element(JsonNode element, int indent) {
        if (element.isContainerNode() && !element.isEmpty()) {
            out.append(' ');
            block(element, indent + INDENT, true);
        } else {
            out.append(' ');
            inline(element, indent + INDENT);
            endLine();
        }
    }

    private void key(String key, int indent) {
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY
                || key.codePoints().anyMatch(YamlTextTraits::lineBreak)) {
            out.append("? ");
            out.append(YamlText.write(key, indent + INDENT, column(), true, false));
            endLine();
            pad(indent, false);
        } else {
            out.append(YamlText.write(key, indent, column(), false, true));
        }
        out.append(':');
    }

    private void value(JsonNode value, int indent) {
        if (value.isContainerNode() && !value.isEmpty()) {
            out.append('\n');
            block(value, value.isArray() ? indent : indent + INDENT, false);
        } else {
            out.append(' ');
            inline(value, indent + INDENT);
            endLine();
        }
    }

    private void inline(JsonNode value, int indent) {
        if (value.isArray()) {
            out.append("[]");
        } else if (value.isObject()) {
            out.append("{}");
        } else if (value.isTextual()) {
            out.append(YamlText.write(value.textValue(), indent, column(), true, false));
        } else if (value.isFloatingPointNumber()) {
            out.append(GoText.number(value.doubleValue()));
        } else {
            out.append(value.asText("null"));
        }
    }

    private List<Map.Entry<String, JsonNode>> entries(JsonNode node) {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
        if (sorted) {
            NaturalOrder.sort(entries);
        }
        return entries;
    }

    // A literal block may end with the line ends of its text.
    private void endLine() {
        if (out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    private int column() {
        return out.length() - out.lastIndexOf("\n") - 1;
    }

    private void pad(int indent, boolean onLine) {
        if (!onLine) {
            out.repeat(' ', indent);
        }
    }
}
