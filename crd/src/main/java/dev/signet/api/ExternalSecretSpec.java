package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which values to bring where, and when. */
@ApiType
public record ExternalSecretSpec(
        @JsonPropertyDescription("The store that entries without a sourceRef are read from.")
                @Nullable StoreRef secretStoreRef,
        @JsonPropertyDescription("The object that is written.")
                @Limits(
                        defaultJson =
                                "{\"creationPolicy\":\"Owner\",\"deletionPolicy\":\"Retain\"}")
                ExternalSecretTarget target,
        @JsonPropertyDescription(
                        "When values are read again: Periodic, also when absent, after each interval and each change; OnChange after a change of this object; CreatedOnce never.")
                @Limits(values = {"CreatedOnce", "Periodic", "OnChange"})
                String refreshPolicy,
        @JsonPropertyDescription(
                        "Time between refreshes: a Go duration such as 1h30m. With 0 values are read once.")
                @Default("1h0m0s")
                String refreshInterval,
        @JsonPropertyDescription("When periodic refreshes may happen.")
                @Nullable SyncWindows syncWindows,
        @JsonPropertyDescription("Keys of the target one by one. They win over dataFrom.")
                List<ExternalSecretData> data,
        @JsonPropertyDescription("Keys of the target many at once. A later entry wins.")
                List<ExternalSecretDataFrom> dataFrom) {

    /** Refresh policy: after each interval and each change. */
    public static final String PERIODIC = "Periodic";

    /** Refresh policy: after a change of the object. */
    public static final String ON_CHANGE = "OnChange";

    /** Refresh policy: never. */
    public static final String CREATED_ONCE = "CreatedOnce";

    /** Absent fields become empty, or what the API server fills in. */
    public ExternalSecretSpec {
        target = Absent.or(target, ExternalSecretTarget.DEFAULT);
        refreshPolicy = Absent.word(refreshPolicy);
        refreshInterval = Absent.word(refreshInterval, "1h0m0s");
        data = Absent.list(data);
        dataFrom = Absent.list(dataFrom);
    }

    /**
     * The time between refreshes; zero or less for none.
     *
     * @throws java.time.format.DateTimeParseException where {@link #refreshInterval} is no duration
     */
    public Duration refreshEvery() {
        return GoDuration.parse(refreshInterval);
    }
}
