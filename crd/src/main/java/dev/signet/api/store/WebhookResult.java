package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;

/** Which part of an answer is the value. */
@ApiType
public record WebhookResult(
        @JsonPropertyDescription("JSONPath of the value; the whole answer when absent.")
                String jsonPath) {

    /** Absent fields become empty. */
    public WebhookResult {
        jsonPath = Absent.text(jsonPath);
    }
}
