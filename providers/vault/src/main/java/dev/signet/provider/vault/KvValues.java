package dev.signet.provider.vault;

import dev.signet.gjson.GJson;
import dev.signet.gjson.GoJson;
import dev.signet.gjson.PathLimitException;
import dev.signet.gjson.Result;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a reference picks from the content of a secret, as External Secrets does it. Pure. */
final class KvValues {

    private KvValues() {}

    /** The whole content as JSON, or the property: a literal key before a gjson path. */
    static ReadOutcome<SecretValue> value(JsonObject content, String property, String name) {
        if (property.isEmpty()) {
            return found(GoJson.marshal(content.fields()));
        }
        if (content.has(property)) {
            return found(text(content.get(property)));
        }
        return picked(GoJson.marshal(content.fields()), property, name);
    }

    private static ReadOutcome<SecretValue> picked(String json, String path, String name) {
        try {
            Result result = GJson.get(json, path);
            return result.exists()
                    ? new ReadOutcome.Found<>(SecretValue.of(result.bytes()))
                    : new ReadOutcome.Invalid<>(
                            "secret '%s' has no property '%s'".formatted(name, path));
        } catch (PathLimitException e) {
            return new ReadOutcome.Invalid<>(
                    "property '%s' of secret '%s' takes too long to find".formatted(path, name));
        }
    }

    /** The keys and values of the whole content, or of the JSON object that the property holds. */
    static ReadOutcome<Map<String, SecretValue>> extract(
            JsonObject content, String property, String name) {
        return switch (value(content, property, name)) {
            case ReadOutcome.Found<SecretValue>(SecretValue json) -> entries(json, property, name);
            case ReadOutcome<SecretValue> other -> other.withoutValue();
        };
    }

    private static ReadOutcome<Map<String, SecretValue>> entries(
            SecretValue json, String property, String name) {
        JsonObject object = null;
        try {
            Object parsed = Json.parse(json.bytes());
            object = parsed == null ? new JsonObject(Map.of()) : JsonObject.of(parsed);
        } catch (IOException e) {
            // The parser's message may quote the value.
        }
        if (object == null) {
            return new ReadOutcome.Invalid<>(
                    "property '%s' of secret '%s' is no JSON object to extract keys from"
                            .formatted(property, name));
        }
        Map<String, SecretValue> entries = new LinkedHashMap<>();
        object.fields()
                .forEach((key, value) -> entries.put(key, SecretValue.ofUtf8(extracted(value))));
        return new ReadOutcome.Found<>(entries);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String string -> string;
            case JsonNumber number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> GoJson.marshal(value);
        };
    }

    /** Go reads the numbers of an extracted object as float64: plain at the top, deeper as JSON. */
    private static String extracted(@Nullable Object value) {
        return value instanceof JsonNumber number
                ? GoJson.plainNumber(number.doubleValue())
                : text(withFloats(value));
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

    private static ReadOutcome<SecretValue> found(String text) {
        return new ReadOutcome.Found<>(SecretValue.ofUtf8(text));
    }
}
