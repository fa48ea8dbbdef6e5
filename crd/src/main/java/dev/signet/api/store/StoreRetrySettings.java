package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How often a call that failed in transit is repeated. */
@ApiType
public record StoreRetrySettings(
        @JsonPropertyDescription("Repeats after the first try.")
                @Min(Integer.MIN_VALUE)
                @Max(Integer.MAX_VALUE)
                @Limits(format = "int32")
                @Nullable Long maxRetries,
        @JsonPropertyDescription("Pause before a repeat: a Go duration such as 5s.")
                String retryInterval) {

    /** Absent fields become empty. */
    public StoreRetrySettings {
        retryInterval = Absent.text(retryInterval);
    }
}
