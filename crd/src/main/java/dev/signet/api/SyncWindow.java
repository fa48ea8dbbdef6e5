package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** A time span that comes again. */
@ApiType
public record SyncWindow(
        @JsonPropertyDescription(
                        "When the span starts: cron with five fields in UTC, a name such as @daily, or @every and a duration.")
                @Required
                @Pattern(Names.SCHEDULE)
                String schedule,
        @JsonPropertyDescription("How long it lasts: a Go duration such as 8h.") @Required
                String duration) {

    /** Absent fields become empty. */
    public SyncWindow {
        schedule = Absent.text(schedule);
        duration = Absent.text(duration);
    }
}
