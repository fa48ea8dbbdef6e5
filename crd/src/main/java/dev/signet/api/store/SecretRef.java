package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret as a whole. */
@ApiType
public record SecretRef(
        @JsonPropertyDescription("Name of the Secret.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription("Namespace of the Secret.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace) {

    /** Absent fields become empty. */
    public SecretRef {
        name = Absent.text(name);
        namespace = Absent.text(namespace);
    }
}
