package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signet.api.Absent;
import java.util.Map;

/**
 * The backend of a store, as the manifest has it: content by the name of the provider. It stays a
 * tree until the provider itself reads it, so that a mistake in one store is that store's alone.
 *
 * @param fields what is under {@code spec.provider}; a valid store has exactly one entry
 */
public record StoreProvider(@JsonValue Map<String, JsonNode> fields) {

    /** Absent fields become an empty map. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StoreProvider {
        fields = Absent.map(fields);
    }

    /** The name of the one provider; empty where there is none or more than one. */
    public String name() {
        return fields.size() == 1 ? fields.keySet().iterator().next() : "";
    }

    /** The content of the one provider; a missing node where there is none or more than one. */
    public JsonNode content() {
        return fields.size() == 1 ? fields.values().iterator().next() : MissingNode.getInstance();
    }
}
