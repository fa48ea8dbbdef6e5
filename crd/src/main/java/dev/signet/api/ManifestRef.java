package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Kind of the target where it is no Secret. */
@ApiType
public record ManifestRef(
        @JsonPropertyDescription("API version of the target, such as v1.") @Required
                String apiVersion,
        @JsonPropertyDescription("Kind of the target, such as ConfigMap.") @Required String kind) {

    /** Absent fields become empty. */
    public ManifestRef {
        apiVersion = Absent.text(apiVersion);
        kind = Absent.text(kind);
    }
}
