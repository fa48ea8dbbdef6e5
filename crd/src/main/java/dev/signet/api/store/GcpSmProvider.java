package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** Google Cloud Secret Manager. */
@ApiType
public record GcpSmProvider(
        @JsonPropertyDescription("How to log in. Without it the usual places are tried.")
                @Nullable GcpSmAuth auth,
        @JsonPropertyDescription("Project of the secrets; that of this process when absent.")
                String projectID,
        @JsonPropertyDescription("Location of regional secrets; absent for global ones.")
                String location,
        @JsonPropertyDescription(
                        "What is read when the latest version is disabled or destroyed: nothing with LatestOrFail, the newest enabled one with LatestOrFetch.")
                @Default("LatestOrFail")
                String secretVersionSelectionPolicy) {

    /** Absent fields become empty, or what the API server fills in. */
    public GcpSmProvider {
        projectID = Absent.text(projectID);
        location = Absent.text(location);
        secretVersionSelectionPolicy = Absent.text(secretVersionSelectionPolicy, "LatestOrFail");
    }
}
