package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;

/** One YAML document in the documentation, and the place where it stands. */
record DocsBlock(String place, JsonNode content) {

    static Stream<DocsBlock> all() throws IOException {
        return DocsPage.all().flatMap(page -> page.blocks().stream());
    }

    String kind() {
        return content.path("kind").asText();
    }

    boolean isOfExternalSecrets() {
        return content.path("apiVersion").asText().startsWith("external-secrets.io/");
    }

    @Override
    public String toString() {
        return place + " " + kind() + " " + content.path("metadata").path("name").asText();
    }
}
