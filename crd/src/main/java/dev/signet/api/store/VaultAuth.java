package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** How to log in to Vault. One way is used, the first that is set in the order of the fields. */
@ApiType
public record VaultAuth(
        @JsonPropertyDescription(
                        "Enterprise namespace of the login, where it differs from that of the secrets.")
                String namespace,
        @JsonPropertyDescription("A ready token.") @Nullable SecretKeySelector tokenSecretRef,
        @JsonPropertyDescription("Login with a role ID and a secret ID.")
                @Nullable VaultAppRole appRole,
        @JsonPropertyDescription(
                        "Login with the token of a ServiceAccount, checked by the cluster.")
                @Nullable VaultKubernetesAuth kubernetes,
        @JsonPropertyDescription("Login with a name and password of a directory.")
                @Nullable VaultLdapAuth ldap,
        @JsonPropertyDescription("Login with a name and password of Vault.")
                @Nullable VaultUserPassAuth userPass,
        @JsonPropertyDescription("Login with a JWT.") @Nullable VaultJwtAuth jwt,
        @JsonPropertyDescription("Login with a TLS client certificate.")
                @Nullable VaultCertAuth cert,
        @JsonPropertyDescription("Login with a request signed by AWS IAM.")
                @Nullable VaultIamAuth iam,
        @JsonPropertyDescription("Login with an identity of Google Cloud.")
                @Nullable VaultGcpAuth gcp) {

    /** Absent fields become empty. */
    public VaultAuth {
        namespace = Absent.text(namespace);
    }
}
