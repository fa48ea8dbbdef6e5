package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A KV secrets engine of Vault or OpenBao. */
@ApiType
public record VaultProvider(
        @JsonPropertyDescription("How to log in. Without it, requests carry no token.")
                @Nullable VaultAuth auth,
        @JsonPropertyDescription("Address of the server, such as https://vault.example.com:8200.")
                @Required
                String server,
        @JsonPropertyDescription(
                        "Mount path of the KV engine, such as secret. Without it, the first segment of a remote key is the mount.")
                String path,
        @JsonPropertyDescription("Version of the KV engine.")
                @Default("v2")
                @Limits(values = {"v1", "v2"})
                String version,
        @JsonPropertyDescription("Enterprise namespace of the secrets.") String namespace,
        @JsonPropertyDescription(
                        "Certificates that the server is trusted by: PEM, in base64. Without this and caProvider, the trust store of the system is used.")
                @Limits(format = "byte")
                String caBundle,
        @JsonPropertyDescription(
                        "Client certificate of the connection, for servers that ask for one. Unlike auth.cert this is no login.")
                @Nullable VaultClientTls tls,
        @JsonPropertyDescription("Object with the certificates that the server is trusted by.")
                @Nullable CaProvider caProvider,
        @JsonPropertyDescription(
                        "Whether requests carry the replication state of earlier ones, so that a value just written is also read.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean readYourWrites,
        @JsonPropertyDescription(
                        "Whether a standby that lags behind shall forward a read to the active node.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean forwardInconsistent,
        @JsonPropertyDescription("Headers added to each request.") Map<String, String> headers,
        @JsonPropertyDescription("Guard of writes against lost updates.")
                @Nullable VaultCheckAndSet checkAndSet) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultProvider {
        server = Absent.text(server);
        path = Absent.text(path);
        version = Absent.text(version, "v2");
        namespace = Absent.text(namespace);
        caBundle = Absent.text(caBundle);
        headers = Absent.map(headers);
    }
}
