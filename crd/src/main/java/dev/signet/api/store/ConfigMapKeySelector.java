package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a ConfigMap. */
@ApiType
public record ConfigMapKeySelector(
        @JsonPropertyDescription("Name of the ConfigMap.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription("Namespace of the ConfigMap.")
                @Pattern(Names.LABEL)
                @Size(min = 1, max = 63)
                String namespace,
        @JsonPropertyDescription("Key within the ConfigMap.")
                @Required
                @Pattern(Names.KEY)
                @Size(min = 1, max = 253)
                String key) {

    /** Absent fields become empty. */
    public ConfigMapKeySelector {
        name = Absent.text(name);
        namespace = Absent.text(namespace);
        key = Absent.text(key);
    }
}
