package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key that holds a template. */
@ApiType
public record TemplateRefItem(
        @JsonPropertyDescription("Key in the ConfigMap or Secret.")
                @Required
                @Pattern(Names.KEY)
                @Size(min = 1, max = 253)
                String key,
        @JsonPropertyDescription(
                        "With Values the text becomes the value of the same key, with KeysAndValues it is a map in YAML of keys and values.")
                @Default("Values")
                @Limits(values = {"Values", "KeysAndValues"})
                String templateAs) {

    /** Absent fields become empty, or what the API server fills in. */
    public TemplateRefItem {
        key = Absent.text(key);
        templateAs = Absent.text(templateAs, "Values");
    }
}
