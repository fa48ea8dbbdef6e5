package dev.signet.cli.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the expressions of Helm, Jinja and alike out of a text, so that what remains may parse as
 * YAML. Every character keeps its place.
 */
final class TemplateMask {

    private static final char MASK = '\uE000';

    /** Stands for a text that is written out in an expression. */
    private static final char WRITTEN_OUT = 'p';

    private static final Pattern EXPRESSION =
            Pattern.compile("\\{\\{(?:(?!\\{\\{).)*?\\}\\}|\\{%.*?%\\}", Pattern.DOTALL);

    // Possessive, as a choice that is repeated takes a frame of the stack for each character.
    private static final Pattern LITERAL =
            Pattern.compile("\"(?!\")[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|`[^`]+`|'[^']+'");

    /**
     * Takes its value from somewhere: a field, a variable, or a function that makes or finds one.
     */
    private static final Pattern SOURCE =
            Pattern.compile(
                    "[.$]|\\b(include|template|tpl|lookup|required|env|rand\\w+|gen\\w+|uuidv4|derivePassword|htpasswd|if|else|end|range|with|define|block|for|endif|endfor|set)\\b");

    private static final Pattern ONLY_MASKED =
            Pattern.compile("(?m)^[ \\t\\uE000]*\\uE000[ \\t\\uE000]*$");

    private TemplateMask() {}

    /** The text without expressions, and without lines that hold nothing else. */
    static String of(String text) {
        // A line of control flow alone is no content.
        return ONLY_MASKED
                .matcher(expressions(text))
                .replaceAll(line -> " ".repeat(line.group().length()));
    }

    /** The text with its expressions masked. */
    static String expressions(String text) {
        if (!text.contains("{{") && !text.contains("{%")) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text);
        Matcher expression = EXPRESSION.matcher(text);
        while (expression.find()) {
            char mask = writesOut(expression.group()) ? WRITTEN_OUT : MASK;
            for (int i = expression.start(); i < expression.end(); i++) {
                char c = text.charAt(i);
                if (c != '\n' && c != '\r') {
                    masked.setCharAt(i, mask);
                }
            }
        }
        return masked.toString();
    }

    /** Whether a line holds nothing, or nothing but expressions. */
    static boolean isBlank(String line) {
        return line.replace(MASK, ' ').isBlank();
    }

    /** Whether a value has an expression in it. */
    static boolean isMasked(String value) {
        return value.indexOf(MASK) >= 0;
    }

    /** A name that can be shown. */
    static String shown(String name) {
        return name.replaceAll(MASK + "+", "{{…}}");
    }

    private static boolean writesOut(String expression) {
        return LITERAL.matcher(expression).find()
                && !SOURCE.matcher(LITERAL.matcher(expression).replaceAll("")).find();
    }
}
