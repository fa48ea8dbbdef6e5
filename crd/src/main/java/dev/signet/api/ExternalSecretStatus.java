package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the last sync went. */
@ApiType
public record ExternalSecretStatus(
        @JsonPropertyDescription(
                        "When the values were last read and the target was brought up to date.")
                @Limits(format = "date-time", nullable = true)
                String refreshTime,
        @JsonPropertyDescription(
                        "Generation, and hash of labels and annotations, of this object at the last sync.")
                String syncedResourceVersion,
        @JsonPropertyDescription("Conditions; Ready is the only one.")
                List<StatusCondition> conditions,
        @JsonPropertyDescription("Names the target.") @Nullable SecretBinding binding) {

    /** Of an object that was never synced. */
    public static final ExternalSecretStatus NONE =
            new ExternalSecretStatus("", "", List.of(), null);

    /** Absent fields become empty. */
    public ExternalSecretStatus {
        refreshTime = Absent.text(refreshTime);
        syncedResourceVersion = Absent.text(syncedResourceVersion);
        conditions = Absent.list(conditions);
    }

    /** The condition of that type. */
    public Optional<StatusCondition> condition(String type) {
        return conditions.stream().filter(c -> c.type().equals(type)).findFirst();
    }
}
