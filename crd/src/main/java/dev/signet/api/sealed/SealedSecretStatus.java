package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the last unsealing went. */
@ApiType
public record SealedSecretStatus(
        @JsonPropertyDescription("Generation of this object that was last looked at.")
                @Limits(format = "int64")
                @Nullable Long observedGeneration,
        @JsonPropertyDescription("Conditions; Synced is the first.")
                List<SealedSecretCondition> conditions,
        @JsonPropertyDescription(
                        "What was unsealed into which state of the Secret, so that it need not be done again.")
                @Nullable SealedSecretOutcome unsealed) {

    /** Of an object that was never looked at. */
    public static final SealedSecretStatus NONE = new SealedSecretStatus(null, List.of(), null);

    /** Absent fields become empty. */
    public SealedSecretStatus {
        conditions = Absent.list(conditions);
    }

    /** The condition of that type. */
    public Optional<SealedSecretCondition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
