package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * Login with a request signed by AWS IAM. Without secretRef and jwt the identity of this process
 * signs.
 */
@ApiType
public record VaultIamAuth(
        @JsonPropertyDescription("Mount path of the auth method, aws when absent.") String path,
        @JsonPropertyDescription("AWS region, us-east-1 when absent.") String region,
        @JsonPropertyDescription("IAM role to assume before the request is signed.") String role,
        @JsonPropertyDescription("Role of Vault to log in to.") @Required String vaultRole,
        @JsonPropertyDescription("External ID given when the IAM role is assumed.")
                String externalID,
        @JsonPropertyDescription(
                        "Server ID that the signature covers, against replay at another server.")
                String vaultAwsIamServerID,
        @JsonPropertyDescription("Static credentials.") @Nullable AwsCredentialRefs secretRef,
        @JsonPropertyDescription("ServiceAccount that is bound to an IAM role.")
                @Nullable AwsJwtAuth jwt) {

    /** Absent fields become empty. */
    public VaultIamAuth {
        path = Absent.text(path);
        region = Absent.text(region);
        role = Absent.text(role);
        vaultRole = Absent.text(vaultRole);
        externalID = Absent.text(externalID);
        vaultAwsIamServerID = Absent.text(vaultAwsIamServerID);
    }
}
