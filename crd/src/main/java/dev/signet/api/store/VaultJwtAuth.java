package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Login with a JWT, from a Secret or asked from the cluster. */
@ApiType
public record VaultJwtAuth(
        @JsonPropertyDescription("Mount path of the auth method.") @Required @Default("jwt")
                String path,
        @JsonPropertyDescription(
                        "Role of Vault to log in to; the default role of the mount when absent.")
                String role,
        @JsonPropertyDescription("Secret that holds the token.")
                @Nullable SecretKeySelector secretRef,
        @JsonPropertyDescription("ServiceAccount whose token is asked from the cluster.")
                @Nullable VaultServiceAccountToken kubernetesServiceAccountToken) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultJwtAuth {
        path = Absent.text(path, "jwt");
        role = Absent.text(role);
    }
}
