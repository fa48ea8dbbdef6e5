package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** A Google Cloud service account key from a Secret. */
@ApiType
public record GcpSecretRef(
        @JsonPropertyDescription("The key file, as JSON.")
                @Nullable SecretKeySelector secretAccessKeySecretRef) {}
