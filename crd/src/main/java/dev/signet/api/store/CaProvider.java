package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where the certificates are that a server is trusted by. */
@ApiType
public record CaProvider(
        @JsonPropertyDescription("Kind of the object that holds the certificates.")
                @Required
                @Limits(values = {"Secret", "ConfigMap"})
                String type,
        @JsonPropertyDescription("Name of the object.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription("Key of the certificates, in PEM, within the object.")
                @Pattern(Names.KEY)
                @Size(min = 1, max = 253)
                String key,
        @JsonPropertyDescription("Namespace of the object. Only a ClusterSecretStore may name one.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace) {

    /** Absent fields become empty. */
    public CaProvider {
        type = Absent.text(type);
        name = Absent.text(name);
        key = Absent.text(key);
        namespace = Absent.text(namespace);
    }
}
