package dev.signet.gjson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The built-in modifiers: each makes a new text of a text. */
final class Modifiers {

    /** U+FFFD in UTF-8: what GJSON writes for a malformed byte. */
    static final String REPLACEMENT_BYTES = "\u00ef\u00bf\u00bd";

    private static final Set<String> NAMES =
            Set.of(
                    "dig", "flatten", "fromstr", "group", "join", "keys", "pretty", "reverse",
                    "this", "tostr", "ugly", "valid", "values");

    private final Evaluator evaluator;

    Modifiers(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    static boolean isModifier(String name) {
        return NAMES.contains(name);
    }

    String apply(String name, String json, String argument) {
        return switch (name) {
            case "this" -> json;
            case "valid" -> Validator.isValid(json) ? json : "";
            case "fromstr" -> Validator.isValid(json) ? Value.parse(json).string() : "";
            default -> evaluator.budget().produce(rewrite(name, json, argument));
        };
    }

    private String rewrite(String name, String json, String argument) {
        return switch (name) {
            case "dig" -> dig(json, argument);
            case "flatten" -> flatten(json, isOn(argument, "deep"));
            case "group" -> group(json);
            case "join" -> join(json, isOn(argument, "preserve"));
            case "keys" -> keys(json);
            case "pretty" -> Pretty.format(json, argument, evaluator.budget());
            case "reverse" -> reverse(json);
            case "tostr" -> quote(json);
            case "ugly" -> ugly(json);
            case "values" -> values(json);
            default -> throw new IllegalArgumentException("not a modifier");
        };
    }

    private static boolean isOn(String argument, String option) {
        boolean on = false;
        for (Value.Member member : Value.parse(argument).members()) {
            if (member.key().string().equals(option)) {
                on = member.value().bool();
            }
        }
        return on;
    }

    private static String quote(String json) {
        StringBuilder out = new StringBuilder(json.length() + 2);
        Escapes.quote(out, json, REPLACEMENT_BYTES);
        return out.toString();
    }

    private static String ugly(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = Scan.groupEnd(json, i);
                out.append(json, i, end);
                i = end - 1;
            } else if (c > ' ') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String keys(String json) {
        Value value = Value.parse(json);
        StringJoiner out = new StringJoiner(",", "[", "]");
        for (Value.Member member : value.members()) {
            out.add(value.isObject() ? member.key().raw() : "null");
        }
        return out.toString();
    }

    private static String values(String json) {
        Value value = Value.parse(json);
        if (value.isArray()) {
            return json;
        }
        StringJoiner out = new StringJoiner(",", "[", "]");
        for (Value.Member member : value.members()) {
            out.add(member.value().raw());
        }
        return out.toString();
    }

    private static String reverse(String json) {
        Value value = Value.parse(json);
        if (value.type() != Type.JSON) {
            return json;
        }
        boolean object = value.isObject();
        StringJoiner out = new StringJoiner(",", object ? "{" : "[", object ? "}" : "]");
        for (Value.Member member : value.members().reversed()) {
            out.add(object ? pair(member) : member.value().raw());
        }
        return out.toString();
    }

    private static String pair(Value.Member member) {
        return member.key().raw() + ":" + member.value().raw();
    }

    private String flatten(String json, boolean deep) {
        Value value = Value.parse(json);
        if (!value.isArray()) {
            return json;
        }
        evaluator.budget().enter();
        evaluator.budget().scan(json.length());
        StringJoiner out = new StringJoiner(",", "[", "]");
        for (Value.Member member : value.members()) {
            Value element = member.value();
            String raw = element.raw();
            if (element.isArray()) {
                raw = unwrap(deep ? flatten(raw, true) : raw);
            }
            raw = trimSpace(raw);
            if (!raw.isEmpty()) {
                out.add(raw);
            }
        }
        evaluator.budget().leave();
        return out.toString();
    }

    /** What stands between the first and the last byte of an object or array. */
    private static String unwrap(String json) {
        String inner = Scan.trim(json);
        boolean wrapped = inner.length() >= 2 && (inner.startsWith("[") || inner.startsWith("{"));
        return wrapped ? inner.substring(1, inner.length() - 1) : inner;
    }

    /** Go's {@code strings.TrimSpace} for what can stand around JSON. */
    private static String trimSpace(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static String join(String json, boolean preserve) {
        Value value = Value.parse(json);
        if (!value.isArray()) {
            return json;
        }
        StringJoiner out = new StringJoiner(",", "{", "}");
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, String> latest = new LinkedHashMap<>();
        for (Value.Member element : value.members()) {
            if (!element.value().isObject()) {
                continue;
            }
            if (preserve) {
                out.add(unwrap(element.value().raw()));
                continue;
            }
            for (Value.Member member : element.value().members()) {
                names.putIfAbsent(member.key().string(), member.key().raw());
                latest.put(member.key().string(), member.value().raw());
            }
        }
        names.forEach((key, raw) -> out.add(raw + ":" + latest.get(key)));
        return out.toString();
    }

    private static String group(String json) {
        Value value = Value.parse(json);
        if (!value.isObject()) {
            return "";
        }
        List<StringJoiner> rows = new ArrayList<>();
        for (Value.Member column : value.members()) {
            if (!column.value().isArray()) {
                continue;
            }
            int row = 0;
            for (Value.Member cell : column.value().members()) {
                if (row == rows.size()) {
                    rows.add(new StringJoiner(",", "{", "}"));
                }
                rows.get(row).add(column.key().raw() + ":" + cell.value().raw());
                row++;
            }
        }
        StringJoiner out = new StringJoiner(",", "[", "]");
        rows.forEach(row -> out.add(row.toString()));
        return out.toString();
    }

    private String dig(String json, String path) {
        StringJoiner out = new StringJoiner(",", "[", "]");
        dig(Value.parse(json), path, out);
        return out.toString();
    }

    private void dig(Value parent, String path, StringJoiner out) {
        evaluator.budget().enter();
        Value here = evaluator.get(parent.raw(), path);
        if (here.exists()) {
            out.add(evaluator.budget().produce(here.raw()));
        }
        if (parent.type() == Type.JSON) {
            for (Value.Member member : parent.members()) {
                dig(member.value(), path, out);
            }
        }
        evaluator.budget().leave();
    }
}
