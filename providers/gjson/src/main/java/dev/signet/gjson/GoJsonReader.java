package dev.signet.gjson;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads well-formed JSON as Go's {@code encoding/json} does. All texts are byte texts. */
final class GoJsonReader {

    /** Small enough for a 512 KiB stack; Go allows 10,000. */
    static final int MAX_DEPTH = 500;

    private GoJsonReader() {}

    static void requireValid(String json) {
        if (!Validator.isValid(json)) {
            throw new InvalidJsonException("the text is not valid JSON");
        }
    }

    /** The members of an object by key, in byte order; of equal keys the last. */
    static Map<String, String> members(String json) {
        requireValid(json);
        Value value = Value.parse(Scan.trim(json));
        Map<String, String> members = new TreeMap<>();
        if (value.type() == Type.NULL) {
            return members;
        }
        if (!value.isObject()) {
            throw new InvalidJsonException("the JSON is not an object");
        }
        for (Value.Member member : value.members()) {
            members.put(wellFormed(member.key().str()), member.value().raw());
        }
        return members;
    }

    /** The content of a string; every malformed byte replaced. */
    static String string(String raw) {
        return wellFormed(Value.parse(raw).str());
    }

    /** The content of what should be a string; nothing where it is none. */
    static String leniently(String quoted) {
        int end = quoted.indexOf('"', 1);
        int escape = quoted.indexOf('\\');
        if (end < 0 && escape < 0) {
            return "";
        }
        if (escape < 0 || (end >= 0 && end < escape)) {
            return quoted.substring(1, end);
        }
        return Validator.isValid(quoted) ? string(quoted) : "";
    }

    private static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += ByteText.size(text, i)) {
            ByteText.append(out, ByteText.rune(text, i));
        }
        return out.toString();
    }

    /** A tree of Map, List and {@link GoJson.Raw}, strings decoded, numbers as written. */
    static Object tree(String json) {
        requireValid(json);
        return tree(Value.parse(Scan.trim(json)), 0);
    }

    private static Object tree(Value value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidJsonException("nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value.type() == Type.STRING) {
            return ByteText.toUtf16(wellFormed(value.str()));
        }
        if (value.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            for (Value.Member member : value.members()) {
                String key = ByteText.toUtf16(wellFormed(member.key().str()));
                members.put(key, tree(member.value(), depth + 1));
            }
            return members;
        }
        if (value.isArray()) {
            List<Object> elements = new ArrayList<>();
            value.members().forEach(member -> elements.add(tree(member.value(), depth + 1)));
            return elements;
        }
        return new GoJson.Raw(ByteText.toUtf16(value.raw()));
    }
}
