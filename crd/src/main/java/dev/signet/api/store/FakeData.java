package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** One value of a fake store. */
@ApiType
public record FakeData(
        @JsonPropertyDescription("The remote key.") @Required String key,
        @JsonPropertyDescription("The value.") @Required String value,
        @JsonPropertyDescription(
                        "The version that this value is; a reference must ask for the same.")
                String version) {

    /** Absent fields become empty. */
    public FakeData {
        key = Absent.text(key);
        value = Absent.text(value);
        version = Absent.text(version);
    }
}
