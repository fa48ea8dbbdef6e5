package dev.signet.gjson;

/** What {@link KeyStep}, {@link ArrayStep} and {@link Evaluator} must know alike of a path. */
final class PathPart {

    private PathPart() {}

    /**
     * Whether the dot before {@code i} acts as a pipe, because a modifier or a multipath follows.
     */
    static boolean dotPipes(String path, int i) {
        if (i >= path.length()) {
            return false;
        }
        char c = path.charAt(i);
        if (c != '@') {
            return c == '[' || c == '{';
        }
        int end = i + 1;
        while (end < path.length() && ".|:".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        return Modifiers.isModifier(path.substring(i + 1, end));
    }

    /** The place of the first pipe in a path that is not inside a query or multipath, or -1. */
    static int pipe(String path) {
        if (path.indexOf('|') < 0) {
            return -1;
        }
        if (path.startsWith("{")) {
            int end = 1 + Scan.groupEnd(path.substring(1), 0);
            return end < path.length() && path.charAt(end) == '|' ? end : -1;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                return i;
            }
            if (c == '\\') {
                i++;
            } else if (c == '.') {
                if (i == path.length() - 1) {
                    return -1;
                }
                if (path.charAt(i + 1) == '#') {
                    i += 2;
                    if (i == path.length()) {
                        return -1;
                    }
                    if (path.charAt(i) == '(') {
                        i = selectorEnd(path, i, '(', ')');
                    } else if (path.charAt(i) == '[') {
                        i = selectorEnd(path, i, '[', ']');
                    }
                }
            }
        }
        return -1;
    }

    /** The place of the bracket that closes the one at {@code i}, or the length. */
    private static int selectorEnd(String path, int i, char open, char close) {
        int depth = 1;
        int at = i + 1;
        for (; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == open) {
                depth++;
            } else if (c == close) {
                depth--;
                if (depth == 0) {
                    break;
                }
            } else if (c == '"') {
                at = quoteEnd(path, at);
            }
        }
        return at;
    }

    /** The place of the quote that ends the string begun at {@code i}, or beyond the text. */
    static int quoteEnd(String path, int i) {
        int end = Scan.stringEnd(path, i + 1);
        return end < 0 ? path.length() : end - 1;
    }
}
