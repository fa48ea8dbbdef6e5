package dev.signet.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as {@link Json} reads it.
 *
 * @param members in their order
 */
public record JsonObject(Map<String, @Nullable Object> members) {

    /** The object that a value of {@link Json} is; an empty one where it is something else. */
    @SuppressWarnings("unchecked") // the reader makes no other maps
    public static JsonObject of(@Nullable Object value) {
        return new JsonObject(
                value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
    }

    /** Whether it has no members. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The value of a member; null where it is absent or null. */
    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** The object that a member is; an empty one where it is absent or something else. */
    public JsonObject object(String name) {
        return of(members.get(name));
    }

    /** The text that a member is; empty where it is absent or something else. */
    public String text(String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** The list that a member is; empty where it is absent or something else. */
    public List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    /** Shows the number of members alone. */
    @Override
    public String toString() {
        return "JsonObject[" + members.size() + " members]";
    }
}
