package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret. */
@ApiType
public record SecretKeySelector(
        @JsonPropertyDescription("Name of the Secret.")
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription(
                        "Namespace of the Secret. Only a ClusterSecretStore may name one; without it, the namespace of the ExternalSecret is meant.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace,
        @JsonPropertyDescription("Key within the Secret.")
                @Pattern(Names.KEY)
                @Size(min = 1, max = 253)
                String key) {

    /** Refers to nothing. */
    public static final SecretKeySelector NONE = new SecretKeySelector("", "", "");

    /** Absent fields become empty. */
    public SecretKeySelector {
        name = Absent.text(name);
        namespace = Absent.text(namespace);
        key = Absent.text(key);
    }

    /** Whether a Secret is named. */
    public boolean present() {
        return !name.isEmpty();
    }
}
