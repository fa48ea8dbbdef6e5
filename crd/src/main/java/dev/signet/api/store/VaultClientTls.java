package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** Client certificate of the connection to the server. */
@ApiType
public record VaultClientTls(
        @JsonPropertyDescription(
                        "The certificate in PEM. The key within the Secret is tls.crt unless named.")
                @Nullable SecretKeySelector certSecretRef,
        @JsonPropertyDescription(
                        "The private key in PEM. The key within the Secret is tls.key unless named.")
                @Nullable SecretKeySelector keySecretRef) {}
