package dev.signet.provider.vault;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as {@link Json} reads it.
 *
 * @param fields its fields in their order
 */
record JsonObject(Map<String, @Nullable Object> fields) {

    /** The value of a field; null where it is absent or null. */
    @Nullable Object get(String name) {
        return fields.get(name);
    }

    /** Whether there is such a field, be it null. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The object in a field; null where the field is absent or something else. */
    @Nullable JsonObject object(String name) {
        return of(fields.get(name));
    }

    /** The strings in the list in a field; empty where the field is absent or something else. */
    List<String> strings(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
                : List.of();
    }

    /** The object that a value of {@link Json} is; null where it is something else. */
    @SuppressWarnings("unchecked") // the parser makes no other maps
    static @Nullable JsonObject of(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? new JsonObject((Map<String, @Nullable Object>) map)
                : null;
    }

    /** Shows the number of fields alone. */
    @Override
    public String toString() {
        return "JsonObject[" + fields.size() + " fields]";
    }
}
