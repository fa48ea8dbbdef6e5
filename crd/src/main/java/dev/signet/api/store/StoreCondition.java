package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import dev.signet.api.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Namespaces that may use a ClusterSecretStore: those that fit any of what is said. */
@ApiType
public record StoreCondition(
        @JsonPropertyDescription("Namespaces by their labels.")
                @Nullable NamespaceSelector namespaceSelector,
        @JsonPropertyDescription("Namespaces by name.")
                @Limits(itemPattern = Names.LABEL, itemMinLength = 1, itemMaxLength = 63)
                List<String> namespaces,
        @JsonPropertyDescription(
                        "Namespaces by a regular expression (RE2) that matches anywhere in the name.")
                List<String> namespaceRegexes) {

    /** Absent fields become empty. */
    public StoreCondition {
        namespaces = Absent.list(namespaces);
        namespaceRegexes = Absent.list(namespaceRegexes);
    }
}
