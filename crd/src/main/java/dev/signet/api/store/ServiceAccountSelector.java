package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A ServiceAccount for which a token is asked. */
@ApiType
public record ServiceAccountSelector(
        @JsonPropertyDescription("Name of the ServiceAccount.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription(
                        "Namespace of the ServiceAccount. Only a ClusterSecretStore may name one; without it, the namespace of the ExternalSecret is meant.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace,
        @JsonPropertyDescription(
                        "Audiences of the token, besides those that the way of logging in asks for by itself.")
                List<String> audiences) {

    /** Refers to nothing. */
    public static final ServiceAccountSelector NONE = new ServiceAccountSelector("", "", List.of());

    /** Absent fields become empty. */
    public ServiceAccountSelector {
        name = Absent.text(name);
        namespace = Absent.text(namespace);
        audiences = Absent.list(audiences);
    }

    /** Whether a ServiceAccount is named. */
    public boolean present() {
        return !name.isEmpty();
    }
}
