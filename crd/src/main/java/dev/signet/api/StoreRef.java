package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Names a SecretStore of the same namespace or a ClusterSecretStore. */
@ApiType
public record StoreRef(
        @JsonPropertyDescription("Name of the store.")
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription("Kind of the store, SecretStore when absent.")
                @Limits(values = {"SecretStore", "ClusterSecretStore"})
                String kind) {

    /** A store of a namespace. */
    public static final String SECRET_STORE = "SecretStore";

    /** A store of the cluster. */
    public static final String CLUSTER_SECRET_STORE = "ClusterSecretStore";

    /** Absent fields become empty. */
    public StoreRef {
        name = Absent.word(name);
        kind = Absent.word(kind);
    }

    /** Whether a store of the cluster is meant. */
    public boolean clusterWide() {
        return kind.equals(CLUSTER_SECRET_STORE);
    }
}
