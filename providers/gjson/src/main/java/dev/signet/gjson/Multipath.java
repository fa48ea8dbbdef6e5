package dev.signet.gjson;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several paths whose results form a new object or array.
 *
 * @param object whether they form an object
 * @param rest the path behind the closing bracket
 */
record Multipath(boolean object, List<Part> parts, String rest) {

    /**
     * @param name the key as written, or null to take the last key of the path
     */
    record Part(@Nullable String name, String path) {}

    /** Reads the multipath that {@code path} begins with; null if it is not closed. */
    static @Nullable Multipath parse(String path) {
        List<Part> parts = new ArrayList<>();
        int depth = 1;
        int start = 1;
        int colon = 0;
        boolean modifier = false;
        for (int i = 1; i < path.length(); i++) {
            boolean ends = false;
            switch (path.charAt(i)) {
                case '\\' -> i++;
                case '@' -> modifier |= path.charAt(i - 1) == '.' || path.charAt(i - 1) == '|';
                case ':' -> {
                    if (!modifier && colon == 0 && depth == 1) {
                        colon = i;
                    }
                }
                case ',' -> ends = depth == 1;
                case '"' -> i = PathPart.quoteEnd(path, i);
                case '[', '(', '{' -> depth++;
                case ']', ')', '}' -> {
                    depth--;
                    ends = depth == 0;
                }
                default -> {}
            }
            if (ends) {
                parts.add(
                        colon == 0
                                ? new Part(null, path.substring(start, i))
                                : new Part(
                                        path.substring(start, colon),
                                        path.substring(colon + 1, i)));
                if (depth == 0) {
                    return new Multipath(path.startsWith("{"), parts, path.substring(i + 1));
                }
                start = i + 1;
                colon = 0;
                modifier = false;
            }
        }
        return null;
    }

    /** The new document. Paths that lead nowhere are left out. */
    String build(String json, Evaluator evaluator) {
        StringBuilder out = new StringBuilder().append(object ? '{' : '[');
        for (Part part : parts) {
            Value result = evaluator.get(json, part.path());
            if (!result.exists()) {
                continue;
            }
            if (out.length() > 1) {
                out.append(',');
            }
            if (object) {
                appendName(out, part);
                out.append(':');
            }
            evaluator.budget().reserve(result.raw().length());
            out.append(result.raw().isEmpty() ? "null" : result.raw());
        }
        return out.append(object ? '}' : ']').toString();
    }

    private static void appendName(StringBuilder out, Part part) {
        String name = part.name();
        if (name == null || name.isEmpty()) {
            String last = lastKey(part.path());
            name = isSimple(last) ? last : "_";
        } else if (name.startsWith("\"") && Validator.isValid(name)) {
            out.append(name);
            return;
        }
        Escapes.quote(out, name, Modifiers.REPLACEMENT_BYTES);
    }

    private static String lastKey(String path) {
        for (int i = path.length() - 1; i >= 0; i--) {
            char c = path.charAt(i);
            if ((c == '|' || c == '.') && (i == 0 || path.charAt(i - 1) != '\\')) {
                return path.substring(i + 1);
            }
        }
        return path;
    }

    private static boolean isSimple(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) < ' ' || "[]{}()#|!".indexOf(key.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
