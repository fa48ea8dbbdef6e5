package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** Login with a TLS client certificate. */
@ApiType
public record VaultCertAuth(
        @JsonPropertyDescription("Mount path of the auth method.") @Default("cert") String path,
        @JsonPropertyDescription(
                        "Role of Vault to log in to; any that fits the certificate when absent.")
                String vaultRole,
        @JsonPropertyDescription("The certificate in PEM.") @Nullable SecretKeySelector clientCert,
        @JsonPropertyDescription("The private key in PEM.") @Nullable SecretKeySelector secretRef) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultCertAuth {
        path = Absent.text(path, "cert");
        vaultRole = Absent.text(vaultRole);
    }
}
