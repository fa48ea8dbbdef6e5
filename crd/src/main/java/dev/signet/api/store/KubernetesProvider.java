package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Secrets of a Kubernetes cluster, this one or another. */
@ApiType
public record KubernetesProvider(
        @JsonPropertyDescription("The cluster; this one when absent.")
                @Nullable KubernetesServer server,
        @JsonPropertyDescription("How to log in.") @Nullable KubernetesAuth auth,
        @JsonPropertyDescription("Secret that holds a kubeconfig.")
                @Nullable SecretKeySelector authRef,
        @JsonPropertyDescription("Namespace of the Secrets.")
                @Default("default")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String remoteNamespace) {

    /** Absent fields become empty, or what the API server fills in. */
    public KubernetesProvider {
        remoteNamespace = Absent.text(remoteNamespace, "default");
    }
}
