package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One document of a file.
 *
 * @param tree what it says, in the order in which it says it; not always an object
 * @param format how it is written
 */
public record Manifest(JsonNode tree, ManifestFormat format) {

    /** Its {@code kind}; empty where it says none. */
    public String kind() {
        return tree.path("kind").asText("");
    }

    /** Its {@code apiVersion}; empty where it says none. */
    public String apiVersion() {
        return tree.path("apiVersion").asText("");
    }

    /** Format and kind; the values of a Secret are not for printing. */
    @Override
    public String toString() {
        return format + " of kind " + kind();
    }
}
