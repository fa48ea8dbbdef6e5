package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.StatusCondition;
import java.util.List;
import java.util.Optional;

/** How the last check of the store went. */
@ApiType
public record SecretStoreStatus(
        @JsonPropertyDescription("Conditions; Ready is the only one.")
                List<StatusCondition> conditions,
        @JsonPropertyDescription("What the store can do: ReadOnly, WriteOnly or ReadWrite.")
                String capabilities) {

    /** Absent fields become empty. */
    public SecretStoreStatus {
        conditions = Absent.list(conditions);
        capabilities = Absent.text(capabilities);
    }

    /** The condition of that type. */
    public Optional<StatusCondition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
