package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import java.util.List;
import java.util.Map;

/** Namespaces by their labels. All that is said must hold; an empty selector fits each. */
@Limits(atomicMap = true)
@ApiType
public record NamespaceSelector(
        @JsonPropertyDescription("Labels and the values that they must have.")
                Map<String, String> matchLabels,
        @JsonPropertyDescription("Further requirements.") @Limits(atomicList = true)
                List<LabelRequirement> matchExpressions) {

    /** Absent fields become empty. */
    public NamespaceSelector {
        matchLabels = Absent.map(matchLabels);
        matchExpressions = Absent.list(matchExpressions);
    }

    /** Whether a namespace with these labels fits. */
    public boolean matches(Map<String, String> labels) {
        return matchLabels.entrySet().stream()
                        .allMatch(e -> e.getValue().equals(labels.get(e.getKey())))
                && matchExpressions.stream().allMatch(r -> r.matches(labels));
    }
}
