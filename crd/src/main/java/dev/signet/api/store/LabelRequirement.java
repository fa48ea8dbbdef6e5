package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;

/** One requirement of labels. */
@ApiType
public record LabelRequirement(
        @JsonPropertyDescription("The label.") @Required String key,
        @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.") @Required String operator,
        @JsonPropertyDescription("Values for In and NotIn.") @Limits(atomicList = true)
                List<String> values) {

    /** Absent fields become empty. */
    public LabelRequirement {
        key = Absent.text(key);
        operator = Absent.text(operator);
        values = Absent.list(values);
    }

    /** Whether the labels fulfil it. An operator that is not known is never fulfilled. */
    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
