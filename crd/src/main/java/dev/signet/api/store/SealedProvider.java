package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * Values sealed for this cluster, opened in memory. A provider that External Secrets does not have.
 */
@ApiType
public record SealedProvider(
        @JsonPropertyDescription(
                        "Namespace of the SealedSecrets. Only that of the ExternalSecret is accepted, which it is when absent.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace) {

    /** Absent fields become empty. */
    public SealedProvider {
        namespace = Absent.text(namespace);
    }
}
