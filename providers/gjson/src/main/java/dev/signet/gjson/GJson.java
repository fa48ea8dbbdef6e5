package dev.signet.gjson;

/**
 * Finds values in JSON by GJSON path, with the results of the Go library of that name, whose {@code
 * SYNTAX.md} defines the paths. The JSON need not be well-formed: what can be found is found.
 *
 * <p>No input can exhaust stack or memory: an evaluation that nests or grows too far ends with a
 * {@link PathLimitException}.
 */
public final class GJson {

    private GJson() {}

    /**
     * The value that {@code path} leads to in {@code json}.
     *
     * @throws PathLimitException if that takes too much nesting or work
     */
    public static Result get(String json, String path) {
        return find(ByteText.of(json), path);
    }

    /**
     * As {@link #get(String, String)}, in bytes that should be UTF-8 and are kept if they are not.
     *
     * @throws PathLimitException if that takes too much nesting or work
     */
    public static Result get(byte[] json, String path) {
        return find(ByteText.of(json), path);
    }

    private static Result find(String json, String path) {
        return new Result(new Evaluator(new Budget()).get(json, ByteText.of(path)));
    }

    /** Whether the text is one well-formed JSON value. */
    public static boolean isValid(String json) {
        return Validator.isValid(ByteText.of(json));
    }

    /** A key as a path that means just this key, whatever characters it has. */
    public static String escape(String key) {
        StringBuilder out = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isSafe(c)) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isSafe(char c) {
        return c <= ' '
                || c > '~'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-'
                || c == ':';
    }
}
