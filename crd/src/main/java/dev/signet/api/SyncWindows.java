package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** When periodic refreshes may happen. */
@ApiType
public record SyncWindows(
        @JsonPropertyDescription("allow: only within a span. deny: only outside all spans.")
                @Required
                @Limits(values = {"allow", "deny"})
                String kind,
        @JsonPropertyDescription("The spans.") @Required @Limits(minItems = 1)
                List<SyncWindow> windows) {

    /** Absent fields become empty. */
    public SyncWindows {
        kind = Absent.text(kind);
        windows = Absent.list(windows);
    }
}
