package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** Static AWS credentials, each from a Secret. */
@ApiType
public record AwsCredentialRefs(
        @JsonPropertyDescription("The access key ID.")
                @Nullable SecretKeySelector accessKeyIDSecretRef,
        @JsonPropertyDescription("The secret access key.")
                @Nullable SecretKeySelector secretAccessKeySecretRef,
        @JsonPropertyDescription("The session token, needed when the credentials are temporary.")
                @Nullable SecretKeySelector sessionTokenSecretRef) {}
