package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Which names are found. */
@ApiType
public record FindName(
        @JsonPropertyDescription("Regular expression (RE2) that matches anywhere in the name.")
                String regexp) {

    /** Absent fields become empty. */
    public FindName {
        regexp = Absent.text(regexp);
    }
}
