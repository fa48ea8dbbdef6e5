package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;

/** Metadata of the target. Keys and values of labels and annotations are templates. */
@ApiType
public record TemplateMetadata(
        @JsonPropertyDescription("Annotations of the target.") Map<String, String> annotations,
        @JsonPropertyDescription("Labels of the target.") Map<String, String> labels,
        @JsonPropertyDescription("Finalizers added to the target.") List<String> finalizers) {

    /** Absent fields become empty. */
    public TemplateMetadata {
        annotations = Absent.map(annotations);
        labels = Absent.map(labels);
        finalizers = Absent.list(finalizers);
    }
}
