package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Required;

/** One condition in the status of a SealedSecret. */
@ApiType
public record SealedSecretCondition(
        @JsonPropertyDescription("What the condition is about, such as Synced.") @Required
                String type,
        @JsonPropertyDescription("True, False or Unknown.") @Required String status,
        @JsonPropertyDescription("Why, in one word for programs.") String reason,
        @JsonPropertyDescription("Why, for people.") String message,
        @JsonPropertyDescription("When status last changed.") @Limits(format = "date-time")
                String lastTransitionTime,
        @JsonPropertyDescription("When anything here last changed.") @Limits(format = "date-time")
                String lastUpdateTime) {

    /** Whether the Secret is what the SealedSecret says. */
    public static final String SYNCED = "Synced";

    /** Absent fields become empty. */
    public SealedSecretCondition {
        type = Absent.word(type);
        status = Absent.word(status);
        reason = Absent.word(reason);
        message = Absent.phrase(message);
        lastTransitionTime = Absent.text(lastTransitionTime);
        lastUpdateTime = Absent.text(lastUpdateTime);
    }

    /** Whether the status is {@code True}. */
    @JsonIgnore
    public boolean isTrue() {
        return status.equals("True");
    }
}
