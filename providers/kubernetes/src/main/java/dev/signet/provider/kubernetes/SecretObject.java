package dev.signet.provider.kubernetes;

import dev.signet.provider.SecretValue;
import dev.signet.rest.JsonObject;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Secret, as far as it is asked for.
 *
 * @param labels null where it has none
 * @param annotations null where it has none
 * @param data by key
 */
record SecretObject(
        String name,
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        Map<String, SecretValue> data) {

    /** Reads one; empty where what the server sent is none. */
    static Optional<SecretObject> of(@Nullable Object json) {
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
