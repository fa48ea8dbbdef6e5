package dev.signet.gjson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A value in byte text.
 *
 * @param raw its JSON text; empty, with {@link Type#NULL}, where nothing exists
 * @param str the content of a string, otherwise empty
 * @param num the amount of a number, otherwise 0
 */
record Value(Type type, String raw, String str, double num) {

    static final Value NONE = new Value(Type.NULL, "", "", 0);

    static Value of(Type type, String raw) {
        return new Value(type, raw, "", 0);
    }

    static Value json(String raw) {
        return of(Type.JSON, raw);
    }

    static Value number(String raw) {
        return new Value(Type.NUMBER, raw, "", GoNumbers.parse(raw));
    }

    /** A string of which {@code inner} is what stands between the quotes. */
    static Value string(String raw, String inner) {
        return new Value(
                Type.STRING, raw, inner.indexOf('\\') < 0 ? inner : Escapes.unescape(inner), 0);
    }

    /** The value that a text begins with; of an object or array the whole rest of the text. */
    static Value parse(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) <= ' ') {
            i++;
        }
        if (i == text.length() || !Scan.startsValue(text.charAt(i))) {
            return NONE;
        }
        Scan.Token token = Scan.token(text, i);
        if (token.type() == Type.JSON) {
            return json(text.substring(i));
        }
        if (!token.closed()) {
            String open = text.substring(i);
            return string(open, open.substring(1));
        }
        return token.value(text);
    }

    boolean exists() {
        return type != Type.NULL || !raw.isEmpty();
    }

    boolean isObject() {
        return type == Type.JSON && raw.startsWith("{");
    }

    boolean isArray() {
        return type == Type.JSON && raw.startsWith("[");
    }

    String string() {
        return switch (type) {
            case NULL -> "";
            case FALSE -> "false";
            case TRUE -> "true";
            case STRING -> str;
            case JSON -> raw;
            case NUMBER -> isPlainInteger() ? raw : GoNumbers.formatPlain(num);
        };
    }

    private boolean isPlainInteger() {
        for (int i = raw.startsWith("-") ? 1 : 0; i < raw.length(); i++) {
            if (raw.charAt(i) < '0' || raw.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** True, a number other than 0, or a word for true. */
    boolean bool() {
        return switch (type) {
            case TRUE -> true;
            case STRING -> isTrueWord();
            case NUMBER -> num != 0;
            case NULL, FALSE, JSON -> false;
        };
    }

    boolean isTrueWord() {
        return switch (str.toLowerCase(Locale.ROOT)) {
            case "1", "t", "true" -> true;
            default -> false;
        };
    }

    boolean isFalseWord() {
        return switch (str.toLowerCase(Locale.ROOT)) {
            case "0", "f", "false" -> true;
            default -> false;
        };
    }

    /** Rounded towards zero and cut to what an int holds. */
    int integer() {
        return switch (type) {
            case TRUE -> 1;
            case NUMBER -> (int) num;
            case STRING -> (int) GoNumbers.parse(str);
            case NULL, FALSE, JSON -> 0;
        };
    }

    /**
     * The members of an object, the elements of an array (their keys are {@link #NONE}), or else
     * the value itself, if it exists.
     */
    List<Member> members() {
        if (!exists()) {
            return List.of();
        }
        if (type != Type.JSON) {
            return List.of(new Member(NONE, this));
        }
        List<Member> members = new ArrayList<>();
        boolean object = isObject();
        for (int i = 1; i < raw.length(); i++) {
            Value key = NONE;
            if (object) {
                int quote = raw.indexOf('"', i);
                Scan.Token token = quote < 0 ? null : Scan.token(raw, quote);
                if (token == null || !token.closed()) {
                    break;
                }
                key = token.value(raw);
                i = token.end();
            }
            int at = Scan.valueStart(raw, i);
            if (at == raw.length()) {
                break;
            }
            Scan.Token token = Scan.token(raw, at);
            if (!token.closed()) {
                break;
            }
            members.add(new Member(key, token.value(raw)));
            // What stands behind a value is taken for a separator unseen, as GJSON does.
            i = token.end();
        }
        return members;
    }

    /** One member of an object, or one element. */
    record Member(Value key, Value value) {}
}
