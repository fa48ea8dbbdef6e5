package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Names the target, for consumers that follow servicebinding.io. */
@ApiType
public record SecretBinding(@JsonPropertyDescription("Name of the target.") String name) {

    /** Absent fields become empty. */
    public SecretBinding {
        name = Absent.text(name);
    }
}
