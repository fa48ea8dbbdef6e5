package dev.signet.gjson;

/**
 * Finds where values begin and end in a text, well-formed or not. Nothing here looks at more than
 * it must: a container ends where its brackets balance, of whatever kind they are.
 */
final class Scan {

    private Scan() {}

    /** Whether a value can begin with this byte. */
    static boolean startsValue(char c) {
        return switch (c) {
            case '"', '{', '[', 'n', 't', 'f' -> true;
            default -> startsNumber(c);
        };
    }

    static boolean startsNumber(char c) {
        return switch (c) {
            case '+', '-', 'i', 'I', 'N' -> true;
            default -> c >= '0' && c <= '9';
        };
    }

    /** The first place from {@code i} on where a value begins; the length if there is none. */
    static int valueStart(String text, int i) {
        int at = i;
        while (at < text.length() && !startsValue(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The value that begins at {@code i}. */
    static Token token(String text, int i) {
        char c = text.charAt(i);
        return switch (c) {
            case '"' -> {
                int end = stringEnd(text, i + 1);
                yield end < 0
                        ? new Token(Type.STRING, i, text.length(), false)
                        : new Token(Type.STRING, i, end, true);
            }
            case '{', '[' -> new Token(Type.JSON, i, containerEnd(text, i), true);
            case 't' -> new Token(Type.TRUE, i, wordEnd(text, i), true);
            case 'f' -> new Token(Type.FALSE, i, wordEnd(text, i), true);
            case 'n' ->
                    i + 1 < text.length() && text.charAt(i + 1) != 'u'
                            ? new Token(Type.NUMBER, i, numberEnd(text, i), true)
                            : new Token(Type.NULL, i, wordEnd(text, i), true);
            default -> new Token(Type.NUMBER, i, numberEnd(text, i), true);
        };
    }

    /** Behind the quote that closes the string whose content begins at {@code i}, or -1. */
    static int stringEnd(String text, int i) {
        for (int at = i; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
            }
        }
        return -1;
    }

    /**
     * Behind the bracket that closes what {@code i} opened, whatever stands at {@code i}. Where it
     * is never closed: the length, or one more if a string was left open, as then the text is used
     * up for good.
     */
    static int containerEnd(String text, int i) {
        int depth = 1;
        for (int at = i + 1; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '"' -> {
                    int end = stringEnd(text, at + 1);
                    if (end < 0) {
                        return text.length() + 1;
                    }
                    at = end - 1;
                }
                case '{', '[', '(' -> depth++;
                case '}', ']', ')' -> {
                    depth--;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                default -> {}
            }
        }
        return text.length();
    }

    /** Behind the string or container at {@code i}; at most the length. */
    static int groupEnd(String text, int i) {
        if (text.charAt(i) == '"') {
            int end = stringEnd(text, i + 1);
            return end < 0 ? text.length() : end;
        }
        return Math.min(containerEnd(text, i), text.length());
    }

    private static int numberEnd(String text, int i) {
        int at = i + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c <= ' ' || c == ',' || c == ']' || c == '}') {
                break;
            }
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int i) {
        int at = i + 1;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        return at;
    }

    /** Without the control characters and blanks at both ends. */
    static String trim(String text) {
        return text.trim();
    }

    /**
     * A value's place in a text.
     *
     * @param end behind it; may lie one beyond the text, see {@link #containerEnd}
     * @param closed false for a string without its closing quote
     */
    record Token(Type type, int start, int end, boolean closed) {

        Value value(String text) {
            String raw = text.substring(start, Math.min(end, text.length()));
            return switch (type) {
                case STRING -> Value.string(raw, raw.substring(1, raw.length() - 1));
                case NUMBER -> Value.number(raw);
                default -> Value.of(type, raw);
            };
        }
    }
}
