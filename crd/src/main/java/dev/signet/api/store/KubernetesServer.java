package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API server. */
@ApiType
public record KubernetesServer(
        @JsonPropertyDescription("Address of the server.") @Default("kubernetes.default")
                String url,
        @JsonPropertyDescription("Certificates that the server is trusted by: PEM, in base64.")
                @Limits(format = "byte")
                String caBundle,
        @JsonPropertyDescription("Object with the certificates that the server is trusted by.")
                @Nullable CaProvider caProvider) {

    /** Absent fields become empty, or what the API server fills in. */
    public KubernetesServer {
        url = Absent.text(url, "kubernetes.default");
        caBundle = Absent.text(caBundle);
    }
}
