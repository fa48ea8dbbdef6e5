package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** How to log in to AWS: one of the two. */
@ApiType
public record AwsAuth(
        @JsonPropertyDescription("Static credentials.") @Nullable AwsCredentialRefs secretRef,
        @JsonPropertyDescription("ServiceAccount that is bound to an IAM role.")
                @Nullable AwsJwtAuth jwt) {}
