package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Azure Key Vault. */
@ApiType
public record AzureKvProvider(
        @JsonPropertyDescription("How to log in.")
                @Default("ServicePrincipal")
                @Limits(values = {"ServicePrincipal", "ManagedIdentity", "WorkloadIdentity"})
                String authType,
        @JsonPropertyDescription("Address of the vault, such as https://name.vault.azure.net.")
                @Required
                String vaultUrl,
        @JsonPropertyDescription("The tenant. Needed for ServicePrincipal.") String tenantId,
        @JsonPropertyDescription("Which cloud the vault is in.")
                @Default("PublicCloud")
                @Limits(
                        values = {
                            "PublicCloud",
                            "USGovernmentCloud",
                            "ChinaCloud",
                            "GermanCloud",
                            "AzureStackCloud"
                        })
                String environmentType,
        @JsonPropertyDescription("Credentials. Needed for ServicePrincipal.")
                @Nullable AzureKvAuth authSecretRef,
        @JsonPropertyDescription("ServiceAccount to act as with WorkloadIdentity.")
                @Nullable ServiceAccountSelector serviceAccountRef,
        @JsonPropertyDescription("Which managed identity to use, where there are several.")
                String identityId,
        @JsonPropertyDescription("Accepted for compatibility; there is only one client.")
                @Default("false")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean useAzureSDK,
        @JsonPropertyDescription("Addresses of a cloud of its own. Needed for AzureStackCloud.")
                @Nullable AzureCloudConfig customCloudConfig) {

    /** Absent fields become empty, or what the API server fills in. */
    public AzureKvProvider {
        authType = Absent.text(authType, "ServicePrincipal");
        vaultUrl = Absent.text(vaultUrl);
        tenantId = Absent.text(tenantId);
        environmentType = Absent.text(environmentType, "PublicCloud");
        identityId = Absent.text(identityId);
    }
}
