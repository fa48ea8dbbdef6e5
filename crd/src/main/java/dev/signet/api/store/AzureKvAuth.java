package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** Credentials for Azure, each from a Secret. */
@ApiType
public record AzureKvAuth(
        @JsonPropertyDescription("The client ID.") @Nullable SecretKeySelector clientId,
        @JsonPropertyDescription("The tenant ID.") @Nullable SecretKeySelector tenantId,
        @JsonPropertyDescription("The client secret.") @Nullable SecretKeySelector clientSecret,
        @JsonPropertyDescription("The client certificate with its key, in PEM.")
                @Nullable SecretKeySelector clientCertificate) {}
