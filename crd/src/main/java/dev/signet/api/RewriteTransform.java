package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Makes keys with a template. */
@ApiType
public record RewriteTransform(
        @JsonPropertyDescription("Go template; .value is the key.") @Required String template) {

    /** Absent fields become empty. */
    public RewriteTransform {
        template = Absent.text(template);
    }
}
