package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Replaces parts of keys. */
@ApiType
public record RewriteRegexp(
        @JsonPropertyDescription("Regular expression (RE2) of what is replaced.") @Required
                String source,
        @JsonPropertyDescription("What takes its place; $1 or ${name} stand for groups.") @Required
                String target) {

    /** Absent fields become empty. */
    public RewriteRegexp {
        source = Absent.text(source);
        target = Absent.text(target);
    }
}
