package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** JSON as Go writes it for people: two spaces, and what HTML could stumble over escaped. */
final class JsonWriter {

    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    /** The tree, without a line end behind it. */
    static String write(JsonNode tree) {
        JsonWriter writer = new JsonWriter();
        writer.value(tree, 0);
        return writer.out.toString();
    }

    private void value(JsonNode node, int level) {
        if (node.isObject()) {
            object(node, level);
        } else if (node.isArray()) {
            array(node, level);
        } else if (node.isTextual()) {
            text(node.textValue());
        } else if (node.isFloatingPointNumber()) {
            out.append(GoText.number(node.doubleValue()));
        } else {
            out.append(node.asText("null"));
        }
    }

    private void object(JsonNode node, int level) {
        if (node.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            out.append(separator);
            line(level + 1);
            text(entry.getKey());
            out.append(": ");
            value(entry.getValue(), level + 1);
            separator = ",";
        }
        line(level);
        out.append('}');
    }

    private void array(JsonNode node, int level) {
        if (node.isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (Iterator<JsonNode> elements = node.elements(); elements.hasNext(); ) {
            line(level + 1);
            value(elements.next(), level + 1);
            if (elements.hasNext()) {
                out.append(',');
            }
        }
        line(level);
        out.append(']');
    }

    private void line(int level) {
        out.append('\n').repeat(INDENT, level);
    }

    private void text(String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at++) {
            character(text.charAt(at));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
            default -> {
                if (c < ' ') {
                    escape(c);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void escape(char c) {
        out.append("\\u%04x".formatted((int) c));
    }
}
