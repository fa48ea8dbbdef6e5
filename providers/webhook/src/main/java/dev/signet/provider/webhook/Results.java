package dev.signet.provider.webhook;

import dev.signet.gjson.GoJson;
import dev.signet.provider.SecretValue;
import dev.signet.rest.JsonNumber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an answer comes to, as External Secrets has it. Pure. */
final class Results {

    private Results() {}

    /** The value: the whole answer, or what the path leads to; of a list, its first element. */
    static SecretValue value(byte[] answer, String path) throws TemplateException {
        if (path.isEmpty()) {
            return SecretValue.of(answer);
        }
        Object picked = JsonPaths.pick(answer, path);
        while (picked instanceof List<?> list) {
            if (list.isEmpty()) {
                throw JsonPaths.nothing(path);
            }
            picked = list.getFirst();
        }
        return SecretValue.ofUtf8(
                picked instanceof JsonNumber number ? number.toString() : text(picked));
    }

    /**
     * The members of the object that the answer is, or that the path leads to; it may also stand
     * there as a text.
     */
    static Map<String, SecretValue> members(byte[] answer, String path) throws TemplateException {
        Object picked = JsonPaths.pick(answer, path);
        if (picked instanceof String json) {
            picked = JsonPaths.pick(json.getBytes(StandardCharsets.UTF_8), "");
        }
        if (!(picked instanceof Map<?, ?> object)) {
            throw new TemplateException(
                    path.isEmpty()
                            ? "the answer is no JSON object to extract keys from"
                            : "result.jsonPath '%s' leads to no JSON object to extract keys from"
                                    .formatted(path));
        }
        Map<String, SecretValue> members = new LinkedHashMap<>();
        object.forEach((key, value) -> members.put((String) key, SecretValue.ofUtf8(text(value))));
        return members;
    }

    /** Go reads numbers as float64: plain at the top, deeper as JSON. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String string -> string;
            case Boolean truth -> truth.toString();
            case JsonNumber number -> GoJson.plainNumber(number.doubleValue());
            default -> GoJson.marshal(withFloats(value));
        };
    }

    private static @Nullable Object withFloats(@Nullable Object value) {
        return switch (value) {
            case JsonNumber number -> number.doubleValue();
            case List<?> items -> {
                List<@Nullable Object> copy = new ArrayList<>();
                items.forEach(item -> copy.add(withFloats(item)));
                yield copy;
            }
            case Map<?, ?> fields -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                fields.forEach((key, item) -> copy.put((String) key, withFloats(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}
