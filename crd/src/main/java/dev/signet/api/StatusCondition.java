package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** One condition in a status. */
@ApiType
public record StatusCondition(
        @JsonPropertyDescription("What the condition is about, such as Ready.") @Required
                String type,
        @JsonPropertyDescription("True, False or Unknown.") @Required String status,
        @JsonPropertyDescription("Why, in one word for programs.") String reason,
        @JsonPropertyDescription("Why, for people.") String message,
        @JsonPropertyDescription("When status last changed.") @Limits(format = "date-time")
                String lastTransitionTime) {

    /** The type of the condition that all kinds have. */
    public static final String READY = "Ready";

    /** Absent fields become empty. */
    public StatusCondition {
        type = Absent.word(type);
        status = Absent.word(status);
        reason = Absent.word(reason);
        message = Absent.phrase(message);
        lastTransitionTime = Absent.text(lastTransitionTime);
    }

    /** Whether the status is {@code True}. */
    @JsonIgnore
    public boolean isTrue() {
        return status.equals("True");
    }
}
