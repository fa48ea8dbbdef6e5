package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Metadata of an object. */
public final class SecretMetadata {

    private SecretMetadata() {}

    /**
     * The same with its fields in the order in which they are written.
     *
     * @throws ManifestException where a field is of the wrong type
     */
    public static JsonNode inOrder(JsonNode metadata) throws ManifestException {
        return Shapes.METADATA
                .fit(metadata, "ObjectMeta.metadata")
                .orElse(JsonNodeFactory.instance.objectNode());
    }
}
