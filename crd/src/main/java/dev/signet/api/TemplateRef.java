package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** A ConfigMap or Secret that holds templates. */
@ApiType
public record TemplateRef(
        @JsonPropertyDescription("Name of the ConfigMap or Secret.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription("The keys that hold templates.") @Required
                List<TemplateRefItem> items) {

    /** Absent fields become empty. */
    public TemplateRef {
        name = Absent.text(name);
        items = Absent.list(items);
    }
}
