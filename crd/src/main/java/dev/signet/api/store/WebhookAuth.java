package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import org.jspecify.annotations.Nullable;

/** How to log in to the endpoint. */
@Limits(minProperties = 1, maxProperties = 1)
@ApiType
public record WebhookAuth(
        @JsonPropertyDescription("Login with NTLM.") @Nullable WebhookNtlm ntlm) {}
