package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values written in the store itself, for trying out and for tests. */
@ApiType
public record FakeProvider(
        @JsonPropertyDescription("The values.") @Required List<FakeData> data,
        @JsonPropertyDescription("How the store presents itself: 0 ready, 1 unknown, 2 in error.")
                @Nullable Long validationResult) {

    /** Absent fields become empty. */
    public FakeProvider {
        data = Absent.list(data);
    }
}
