package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** What the schema names of a template's metadata; all other fields are kept as they are. */
record SealedTemplateMetadata(
        @JsonPropertyDescription("Name of the Secret; that of the SealedSecret is used.")
                String name,
        @JsonPropertyDescription("Namespace of the Secret; that of the SealedSecret is used.")
                String namespace,
        @JsonPropertyDescription("Labels of the Secret.") Map<String, String> labels,
        @JsonPropertyDescription("Annotations of the Secret.") Map<String, String> annotations,
        @JsonPropertyDescription("Finalizers of the Secret.") List<String> finalizers) {}
