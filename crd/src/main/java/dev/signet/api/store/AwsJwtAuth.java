package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** Login to AWS with the token of a ServiceAccount that is bound to an IAM role. */
@ApiType
public record AwsJwtAuth(
        @JsonPropertyDescription("The ServiceAccount; its annotation names the role.")
                @Nullable ServiceAccountSelector serviceAccountRef) {}
