package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** A ready token. */
@ApiType
public record KubernetesTokenAuth(
        @JsonPropertyDescription("The token.") @Nullable SecretKeySelector bearerToken) {}
