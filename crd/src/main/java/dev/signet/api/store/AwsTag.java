package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** A tag of a session. */
@ApiType
public record AwsTag(
        @JsonPropertyDescription("Key of the tag.") @Required String key,
        @JsonPropertyDescription("Value of the tag.") @Required String value) {

    /** Absent fields become empty. */
    public AwsTag {
        key = Absent.text(key);
        value = Absent.text(value);
    }
}
