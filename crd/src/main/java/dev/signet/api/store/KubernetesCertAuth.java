package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** A client certificate. */
@ApiType
public record KubernetesCertAuth(
        @JsonPropertyDescription("The certificate in PEM.") @Nullable SecretKeySelector clientCert,
        @JsonPropertyDescription("The private key in PEM.")
                @Nullable SecretKeySelector clientKey) {}
