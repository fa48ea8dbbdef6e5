package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import java.util.List;

/**
 * What was unsealed, and into what. Nothing here is taken from a value.
 *
 * @param inputs hash of what the Secret is made from: sealed values, template, scope, name
 * @param secretUid which Secret it was
 * @param secretResourceVersion the Secret's state after it was written
 * @param keys fingerprints of the keys that opened the values
 */
@ApiType
public record SealedSecretOutcome(
        @JsonPropertyDescription("Hash of the sealed values and of all else the Secret is made of.")
                String inputs,
        @JsonPropertyDescription("UID of the Secret.") String secretUid,
        @JsonPropertyDescription("Resource version of the Secret after it was written.")
                String secretResourceVersion,
        @JsonPropertyDescription("Fingerprints of the keys that opened the values.")
                List<String> keys) {

    /** Absent fields become empty. */
    public SealedSecretOutcome {
        inputs = Absent.text(inputs);
        secretUid = Absent.text(secretUid);
        secretResourceVersion = Absent.text(secretResourceVersion);
        keys = Absent.list(keys);
    }
}
