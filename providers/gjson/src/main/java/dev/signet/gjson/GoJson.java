package dev.signet.gjson;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON text as Go's {@code encoding/json} prints and reads it, byte for byte: what a controller
 * written in Go put into a Secret must not change when this one takes over.
 */
public final class GoJson {

    private GoJson() {}

    /**
     * JSON that is already text; printed without blanks, its numbers as written.
     *
     * @param json one JSON value
     */
    public record Raw(String json) {

        /** Shows nothing of the text, which may be secret. */
        @Override
        public String toString() {
            return "Raw[***]";
        }
    }

    /**
     * The text that Go's {@code json.Marshal} makes: no blanks, keys in byte order, {@code <},
     * {@code >}, {@code &}, U+2028 and U+2029 escaped.
     *
     * @param value a Map with String keys, a List, String, Boolean, Number, {@link Raw} or null,
     *     and so on inside; a Double or Float prints as Go's float64, any other Number as it reads
     * @throws IllegalArgumentException if a value is of another type, or infinite or NaN
     * @throws InvalidJsonException if a {@link Raw} is not JSON or all nests too deeply
     */
    public static String marshal(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value, 0);
        return ByteText.toUtf16(out.toString());
    }

    /** A string as {@link #marshal} prints it; malformed UTF-8 becomes {@code \}{@code ufffd}. */
    public static String quote(byte[] utf8) {
        StringBuilder out = new StringBuilder();
        Escapes.quote(out, ByteText.of(utf8), "\\ufffd");
        return ByteText.toUtf16(out.toString());
    }

    /**
     * The text of a JSON value after Go has read it, keeping numbers as written, and printed it
     * again: sorted, without blanks, of equal keys the last.
     *
     * @throws InvalidJsonException if it is not valid JSON or nests too deeply
     */
    public static String normalize(String json) {
        return marshal(GoJsonReader.tree(ByteText.of(json)));
    }

    /**
     * The text without blanks between its tokens, otherwise as it is ({@code json.Compact}).
     *
     * @throws InvalidJsonException if it is not valid JSON
     */
    public static String compact(String json) {
        return ByteText.toUtf16(compact(ByteText.of(json), false));
    }

    /**
     * The members of a JSON object by key, in byte order of the keys, each value's text as it
     * stands. Of equal keys the last counts; {@code null} has no members.
     *
     * @throws InvalidJsonException if it is not valid JSON or not an object
     */
    public static Map<String, String> members(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        GoJsonReader.members(ByteText.of(json))
                .forEach((key, raw) -> members.put(ByteText.toUtf16(key), ByteText.toUtf16(raw)));
        return members;
    }

    /** The content of a JSON string; empty if the text is no valid JSON string. */
    public static Optional<String> unquote(String raw) {
        String text = Scan.trim(ByteText.of(raw));
        return text.startsWith("\"") && Validator.isValid(text)
                ? Optional.of(ByteText.toUtf16(GoJsonReader.string(text)))
                : Optional.empty();
    }

    /**
     * The shortest decimal without an exponent that reads back as {@code f} ({@code
     * strconv.FormatFloat(f, 'f', -1, 64)}).
     */
    public static String plainNumber(double f) {
        return GoNumbers.formatPlain(f);
    }

    /**
     * The number as {@link #marshal} prints a float64.
     *
     * @throws IllegalArgumentException if it is infinite or NaN
     */
    public static String number(double f) {
        return GoNumbers.formatJson(f);
    }

    /**
     * The float64 that Go reads from a text ({@code strconv.ParseFloat}); 0 if it is no number,
     * infinite if it is too large.
     */
    public static double parseNumber(String text) {
        return GoNumbers.parse(text);
    }

    private static void write(StringBuilder out, @Nullable Object value, int depth) {
        if (depth > GoJsonReader.MAX_DEPTH) {
            throw new InvalidJsonException(
                    "nested deeper than " + GoJsonReader.MAX_DEPTH + " levels");
        }
        switch (value) {
            case null -> out.append("null");
            case String text -> Escapes.quote(out, ByteText.of(text), "\\ufffd");
            case Boolean truth -> out.append(truth);
            case Double f -> out.append(number(f));
            case Float f -> out.append(number(f));
            case Number number -> out.append(number);
            case Raw raw -> out.append(compact(ByteText.of(raw.json()), true));
            case List<?> list -> {
                char separator = '[';
                for (Object element : list) {
                    out.append(separator);
                    write(out, element, depth + 1);
                    separator = ',';
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> writeObject(out, map, depth);
            default ->
                    throw new IllegalArgumentException(
                            "no JSON for a " + value.getClass().getName());
        }
    }

    private static void writeObject(StringBuilder out, Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, member) -> sorted.put(ByteText.of(String.valueOf(key)), member));
        char separator = '{';
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(separator);
            Escapes.quote(out, member.getKey(), "\\ufffd");
            out.append(':');
            write(out, member.getValue(), depth + 1);
            separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    /** Drops blanks; escapes what is not safe in HTML where {@code json.Marshal} does. */
    private static String compact(String json, boolean escape) {
        GoJsonReader.requireValid(json);
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '"') {
                if (c > ' ') {
                    out.append(c);
                }
                continue;
            }
            int end = Scan.stringEnd(json, i + 1);
            String string = json.substring(i, end);
            out.append(escape ? escapeInside(string) : string);
            i = end - 1;
        }
        return out.toString();
    }

    private static String escapeInside(String string) {
        return string.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u00e2\u0080\u00a8", "\\u2028")
                .replace("\u00e2\u0080\u00a9", "\\u2029");
    }
}
