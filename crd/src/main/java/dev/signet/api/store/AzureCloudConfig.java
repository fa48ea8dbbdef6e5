package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** Addresses of a cloud of its own. */
@ApiType
public record AzureCloudConfig(
        @JsonPropertyDescription("Address of the login server.") @Required
                String activeDirectoryEndpoint,
        @JsonPropertyDescription("Address of the vault service, as audience of tokens.")
                String keyVaultEndpoint,
        @JsonPropertyDescription("Domain of the vaults.") String keyVaultDNSSuffix,
        @JsonPropertyDescription("Address of the resource manager.")
                String resourceManagerEndpoint) {

    /** Absent fields become empty. */
    public AzureCloudConfig {
        activeDirectoryEndpoint = Absent.text(activeDirectoryEndpoint);
        keyVaultEndpoint = Absent.text(keyVaultEndpoint);
        keyVaultDNSSuffix = Absent.text(keyVaultDNSSuffix);
        resourceManagerEndpoint = Absent.text(resourceManagerEndpoint);
    }
}
