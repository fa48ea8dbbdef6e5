package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Login with a ServiceAccount token. Without any reference the token of this process is sent. */
@ApiType
public record VaultKubernetesAuth(
        @JsonPropertyDescription("Mount path of the auth method.") @Required @Default("kubernetes")
                String mountPath,
        @JsonPropertyDescription("ServiceAccount whose token is asked from the cluster and sent.")
                @Nullable ServiceAccountSelector serviceAccountRef,
        @JsonPropertyDescription("Secret that holds a token. The key is token unless named.")
                @Nullable SecretKeySelector secretRef,
        @JsonPropertyDescription("Role of Vault to log in to.") @Required String role) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultKubernetesAuth {
        mountPath = Absent.text(mountPath, "kubernetes");
        role = Absent.text(role);
    }
}
