package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the target looks. */
@ApiType
public record ExternalSecretTemplate(
        @JsonPropertyDescription("Type of the Secret.") String type,
        @JsonPropertyDescription("Template language.") @Default("v2") @Limits(values = {"v2"})
                String engineVersion,
        @JsonPropertyDescription(
                        "Labels, annotations and finalizers. Without a template those of the ExternalSecret are copied.")
                @Nullable TemplateMetadata metadata,
        @JsonPropertyDescription(
                        "Whether keys from the backend that no template names are dropped (Replace) or kept (Merge).")
                @Default("Replace")
                @Limits(values = {"Replace", "Merge"})
                String mergePolicy,
        @JsonPropertyDescription("Templates of values by key.") Map<String, String> data,
        @JsonPropertyDescription("Further templates. Those of data win.")
                List<TemplateFrom> templateFrom) {

    /** Absent fields become empty, or what the API server fills in. */
    public ExternalSecretTemplate {
        type = Absent.text(type);
        engineVersion = Absent.text(engineVersion, "v2");
        mergePolicy = Absent.text(mergePolicy, "Replace");
        data = Absent.map(data);
        templateFrom = Absent.list(templateFrom);
    }
}
