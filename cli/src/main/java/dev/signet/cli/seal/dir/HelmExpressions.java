package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds what Helm would take for an expression of its own. */
final class HelmExpressions {

    private static final String START = "{{";

    private HelmExpressions() {}

    /** The path of the first text or key with an expression; empty for none. */
    static String first(JsonNode tree) {
        return first("", tree);
    }

    private static String first(String path, JsonNode node) {
        if (node.isTextual() && node.textValue().contains(START)) {
            return path;
        }
        for (var field : node.properties()) {
            String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            String found = field.getKey().contains(START) ? below : first(below, field.getValue());
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                String found = first(path, element);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
