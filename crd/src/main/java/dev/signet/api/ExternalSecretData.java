package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One key of the target. */
@ApiType
public record ExternalSecretData(
        @JsonPropertyDescription("Key in the target.")
                @Required
                @Pattern(Names.KEY)
                @Size(min = 1, max = 253)
                String secretKey,
        @JsonPropertyDescription("Where the value is.") @Required DataRemoteRef remoteRef,
        @JsonPropertyDescription("Another store for this key alone.")
                @Nullable SourceRef sourceRef) {

    /** Absent fields become empty. */
    public ExternalSecretData {
        secretKey = Absent.phrase(secretKey);
        remoteRef = Absent.or(remoteRef, DataRemoteRef.NONE);
    }
}
