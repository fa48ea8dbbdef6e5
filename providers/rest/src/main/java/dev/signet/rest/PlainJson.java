package dev.signet.rest;

import dev.signet.gjson.GoJson;
import dev.signet.provider.SecretValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Go prints it with {@code SetEscapeHTML(false)}, as External Secrets does here. */
final class PlainJson {

    private PlainJson() {}

    /** A value, as {@link GoJson#marshal} takes it. */
    static String marshal(@Nullable Object value) {
        return plain(GoJson.marshal(value));
    }

    /** Values by key, each as a string; bytes that are not UTF-8 become U+FFFD. */
    static String marshal(Map<String, SecretValue> values) {
        StringBuilder out = new StringBuilder();
        char separator = '{';
        for (var entry : new TreeMap<>(values).entrySet()) {
            out.append(separator)
                    .append(GoJson.marshal(entry.getKey()))
                    .append(':')
                    .append(GoJson.quote(entry.getValue().bytes()));
            separator = ',';
        }
        return plain(out.append(values.isEmpty() ? "{}" : "}").toString());
    }

    private static String plain(String json) {
        StringBuilder out = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char written = written(json, i);
            if (written == 0) {
                out.append(c).append(json.charAt(++i));
            } else {
                out.append(written);
                i += 5;
            }
        }
        return out.toString();
    }

    /** What is escaped for the sake of HTML alone; 0 for any other escape. */
    private static char written(String json, int at) {
        if (json.startsWith("\\u003c", at)) {
            return '<';
        }
        if (json.startsWith("\\u003e", at)) {
            return '>';
        }
        return json.startsWith("\\u0026", at) ? '&' : 0;
    }
}
