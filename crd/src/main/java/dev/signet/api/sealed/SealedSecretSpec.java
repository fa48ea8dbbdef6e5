package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import java.util.Map;

/** What is sealed, and how the Secret looks. */
@ApiType
public record SealedSecretSpec(
        @JsonPropertyDescription(
                        "How the Secret looks: its metadata, its type and what is not sealed.")
                SealedSecretTemplate template,
        @JsonPropertyDescription(
                        "A whole Secret sealed as one value, as versions before 0.6 wrote it. Use encryptedData.")
                @Limits(format = "byte")
                String data,
        @JsonPropertyDescription("The sealed values by key.") @Required @PreserveUnknownFields
                Map<String, String> encryptedData) {

    /** Absent fields become empty. */
    public SealedSecretSpec {
        template = Absent.or(template, SealedSecretTemplate.NONE);
        data = Absent.text(data);
        encryptedData = Absent.map(encryptedData);
    }
}
