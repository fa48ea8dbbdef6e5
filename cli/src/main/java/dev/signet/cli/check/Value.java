package dev.signet.cli.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Tells values that give something away from those that do not. */
final class Value {

    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    "<[^>]*>|\\$\\{[^}]*\\}|\\$\\([^)]*\\)|\\$[A-Z_][A-Z0-9_]*|@@.*@@|__.*__"
                            + "|[xX*._?#-]+"
                            + "|(?i:(please[-_ ]?)?(change|replace|fill|insert|set|edit)[-_ ]?(me|this|it|in|here)[!.]?"
                            + "|todo|fixme|placeholder|redacted|your[-_ ].*"
                            + "|(base64|b64)[-_ ]?(encoded|of|value|string).*)");

    /** Encrypted by SOPS, or the address of a value that another tool puts in. */
    private static final Pattern ELSEWHERE =
            Pattern.compile(
                    "ENC\\[[A-Z0-9_]+,.*\\]|ref\\+[a-z0-9]+://.*|vault:.*#.*|op://.*",
                    Pattern.DOTALL);

    private Value() {}

    /**
     * Whether the value is there to be read.
     *
     * @param masked as {@link TemplateMask} left it
     * @param expressions whether an expression of a template is or was in it
     * @param base64 whether it is in {@code data}
     * @param template whether the file is a template of Helm or alike, so that more lines around an
     *     expression are no value yet
     */
    static boolean isPlaintext(
            String masked, boolean expressions, boolean base64, boolean template) {
        String value = masked.strip();
        if (value.isEmpty() || harmless(value)) {
            return false;
        }
        if (expressions) {
            // Outside of templates, a configuration file with expressions of its own.
            return !template && value.contains("\n");
        }
        return !(base64 && harmless(decoded(value)));
    }

    private static boolean harmless(String value) {
        return PLACEHOLDER.matcher(value).matches() || ELSEWHERE.matcher(value).matches();
    }

    private static String decoded(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
