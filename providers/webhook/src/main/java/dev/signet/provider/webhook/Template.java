package dev.signet.provider.webhook;

import dev.signet.provider.webhook.Expression.Call;
import dev.signet.provider.webhook.Expression.Field;
import dev.signet.provider.webhook.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A text with placeholders in the form of Go's templates, read once and filled in often. */
final class Template {

    static final String REMOTE_REF = "remoteRef";

    /** The longest template, value and result, in UTF-16 units. */
    static final int MAX_TEXT = 1 << 20;

    private static final int MAX_PLACEHOLDERS = 1_000;

    /** What all values and results of one rendering may come to, and what each counts besides. */
    private static final int MAX_WORK = 8 * MAX_TEXT;

    private static final int EACH = 16;

    /** Gives fields their values. */
    @FunctionalInterface
    interface Values {

        /** The value of a field; an exception where there is none. */
        String of(Field field) throws TemplateException;
    }

    /** Looks at what a placeholder comes to that has something of the reference in it. */
    @FunctionalInterface
    interface Guard {

        /** An exception where it must not stand there. */
        void check(String text) throws TemplateException;
    }

    private record Part(Expression expression, boolean dynamic) {}

    private final List<Part> parts = new ArrayList<>();
    private int placeholders;

    private Template() {}

    /** Reads a template. */
    static Template parse(String text) throws TemplateException {
        if (text.length() > MAX_TEXT) {
            throw tooLong();
        }
        Template template = new Template();
        int at = 0;
        boolean trim = false;
        while (at < text.length()) {
            int open = text.indexOf("{{", at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            boolean trimEnd = open >= 0 && marker(text, open + 2, open + 3);
            template.literal(trimmed(literal, trim, trimEnd));
            if (open < 0) {
                break;
            }
            int from = open + (trimEnd ? 3 : 2);
            int close = end(text, from);
            trim = close > from && marker(text, close - 1, close - 2);
            template.action(text.substring(from, trim ? close - 1 : close).strip());
            at = close + 2;
        }
        return template;
    }

    /** The text, with each placeholder filled in. */
    String render(Values values, Guard guard) throws TemplateException {
        StringBuilder out = new StringBuilder();
        Work work = new Work();
        for (Part part : parts) {
            String text = evaluated(part.expression(), values, work);
            if (part.dynamic() && !encodes(part.expression())) {
                guard.check(text);
            }
            if (out.length() + text.length() > MAX_TEXT) {
                throw tooLong();
            }
            out.append(text);
        }
        return out.toString();
    }

    /** All fields that it has. */
    Stream<Field> fields() {
        return parts.stream().flatMap(part -> part.expression().fields());
    }

    /** Whether a placeholder with something of the reference in it uses this function. */
    boolean applies(Function function) {
        return parts.stream()
                .filter(Part::dynamic)
                .flatMap(part -> part.expression().functions())
                .anyMatch(function::equals);
    }

    /** Whether it says something of the reference. */
    boolean uses(String key) {
        return fields().anyMatch(new Field(REMOTE_REF, key)::equals);
    }

    static TemplateException tooLong() {
        return new TemplateException("a text is longer than %d characters".formatted(MAX_TEXT));
    }

    private void literal(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part(new Text(text), false));
        }
    }

    private void action(String text) throws TemplateException {
        if (text.startsWith("/*") && text.endsWith("*/")) {
            return;
        }
        placeholders++;
        if (placeholders > MAX_PLACEHOLDERS) {
            throw new TemplateException(
                    "there are more than %d placeholders".formatted(MAX_PLACEHOLDERS));
        }
        Expression expression = ExpressionParser.parse(text);
        boolean dynamic = expression.fields().anyMatch(field -> field.object().equals(REMOTE_REF));
        parts.add(new Part(expression, dynamic));
    }

    /** A dash beside the braces, with a blank on its other side, trims what lies beyond. */
    private static boolean marker(String text, int dash, int blank) {
        return blank < text.length()
                && text.charAt(dash) == '-'
                && Character.isWhitespace(text.charAt(blank));
    }

    private static String trimmed(String literal, boolean start, boolean end) {
        String text = start ? literal.stripLeading() : literal;
        return end ? text.stripTrailing() : text;
    }

    /** Where the closing braces are; those in quotes do not close. */
    private static int end(String text, int from) throws TemplateException {
        char quote = 0;
        for (int i = from; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && c == '}' && text.charAt(i + 1) == '}') {
                return i;
            } else if (quote == 0 && (c == '"' || c == '`')) {
                quote = c;
            } else if (quote == '"' && c == '\\') {
                i++;
            } else if (c == quote) {
                quote = 0;
            }
        }
        throw new TemplateException("a placeholder is not closed");
    }

    private static boolean encodes(Expression expression) {
        return expression instanceof Call call && call.function().encodes();
    }

    /** How much one rendering has come to, for functions that make much of a little, or nothing. */
    private static final class Work {

        private long done;

        String of(String text) throws TemplateException {
            done += EACH + text.length();
            if (done > MAX_WORK) {
                throw tooLong();
            }
            return text;
        }
    }

    private static String evaluated(Expression expression, Values values, Work work)
            throws TemplateException {
        return work.of(result(expression, values, work));
    }

    private static String result(Expression expression, Values values, Work work)
            throws TemplateException {
        return switch (expression) {
            case Text(String text) -> text;
            case Field field -> values.of(field);
            case Call call -> {
                List<String> arguments = new ArrayList<>();
                long length = 0;
                for (Expression argument : call.arguments()) {
                    String value = evaluated(argument, values, work);
                    length += value.length();
                    arguments.add(value);
                }
                if (length > MAX_TEXT) {
                    throw tooLong();
                }
                yield call.function().of(arguments);
            }
        };
    }
}
