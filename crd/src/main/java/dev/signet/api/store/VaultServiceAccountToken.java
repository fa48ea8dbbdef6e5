package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ServiceAccount token that is sent as a JWT. */
@ApiType
public record VaultServiceAccountToken(
        @JsonPropertyDescription("The ServiceAccount.") @Required
                ServiceAccountSelector serviceAccountRef,
        @JsonPropertyDescription(
                        "Audiences of the token, vault when there are none. Deprecated: serviceAccountRef.audiences takes their place.")
                List<String> audiences,
        @JsonPropertyDescription("Lifetime of the token in seconds, 600 when absent. Deprecated.")
                @Nullable Long expirationSeconds) {

    /** Absent fields become empty. */
    public VaultServiceAccountToken {
        serviceAccountRef = Absent.or(serviceAccountRef, ServiceAccountSelector.NONE);
        audiences = Absent.list(audiences);
    }
}
