package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** Templates that are kept elsewhere, or one that makes several keys. */
@ApiType
public record TemplateFrom(
        @JsonPropertyDescription("Templates in a ConfigMap.") @Nullable TemplateRef configMap,
        @JsonPropertyDescription("Templates in a Secret.") @Nullable TemplateRef secret,
        @JsonPropertyDescription(
                        "What the result is put into: Data, Annotations or Labels of a Secret, or a path into another kind of object.")
                @Default("Data")
                String target,
        @JsonPropertyDescription("A template whose result is a map in YAML of keys and values.")
                String literal,
        @JsonPropertyDescription(
                        "How the values that the template yields are decoded; None when absent.")
                @Limits(values = {"Auto", "Base64", "Base64URL", "None"})
                String valuesDecodingStrategy) {

    /** Absent fields become empty, or what the API server fills in. */
    public TemplateFrom {
        target = Absent.text(target, "Data");
        literal = Absent.text(literal);
        valuesDecodingStrategy = Absent.text(valuesDecodingStrategy);
    }
}
