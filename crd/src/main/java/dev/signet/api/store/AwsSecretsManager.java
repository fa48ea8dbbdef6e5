package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** How secrets of Secrets Manager are deleted. */
@ApiType
public record AwsSecretsManager(
        @JsonPropertyDescription("Whether a secret is gone at once.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean forceDeleteWithoutRecovery,
        @JsonPropertyDescription("Days until a deleted secret is gone, 7 to 30; 30 when absent.")
                @Nullable Long recoveryWindowInDays) {}
