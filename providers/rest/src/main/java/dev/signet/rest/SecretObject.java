package dev.signet.rest;

import dev.signet.provider.SecretValue;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Secret, or what stands for one, as far as it is asked for.
 *
 * @param kind what messages call it, such as {@code Secret}
 * @param labels null where it has none
 * @param annotations null where it has none
 * @param data by key
 */
public record SecretObject(
        String kind,
        String name,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        Map<String, SecretValue> data) {

    /** Reads a Secret; empty where what the server sent is none. */
    public static Optional<SecretObject> of(@Nullable Object json) {
        JsonObject object = JsonObject.of(json);
        JsonObject metadata = object.object("metadata");
        String name = metadata.text("name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, SecretValue> data = new TreeMap<>();
        try {
            for (var entry : object.object("data").members().entrySet()) {
                String base64 = entry.getValue() instanceof String text ? text : "";
                data.put(entry.getKey(), SecretValue.of(Base64.getDecoder().decode(base64)));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(
                new SecretObject(
                        "Secret",
                        name,
                        texts(metadata.get("labels")),
                        texts(metadata.get("annotations")),
                        data));
    }

    private static @Nullable Map<String, String> texts(@Nullable Object json) {
        if (!(json instanceof Map<?, ?>)) {
            return null;
        }
        Map<String, String> texts = new TreeMap<>();
        JsonObject.of(json)
                .members()
                .forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
