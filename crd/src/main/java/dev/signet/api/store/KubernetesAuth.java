package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import org.jspecify.annotations.Nullable;

/** How to log in to a cluster: exactly one of the three. */
@Limits(minProperties = 1, maxProperties = 1)
@ApiType
public record KubernetesAuth(
        @JsonPropertyDescription("A client certificate.") @Nullable KubernetesCertAuth cert,
        @JsonPropertyDescription("A ready token.") @Nullable KubernetesTokenAuth token,
        @JsonPropertyDescription("ServiceAccount to act as.")
                @Nullable ServiceAccountSelector serviceAccount) {}
