package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.GoDuration;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a backend is and how to log in. */
@ApiType
public record SecretStoreSpec(
        @JsonPropertyDescription(
                        "Which operator serves this store, where there are several: one that runs with the same class, or any when absent.")
                String controller,
        @JsonPropertyDescription("The backend: exactly one.")
                @Required
                @SchemaFrom(type = ProviderFields.class)
                @Nullable StoreProvider provider,
        @JsonPropertyDescription("How often a call that failed in transit is repeated.")
                @Nullable StoreRetrySettings retrySettings,
        @JsonPropertyDescription(
                        "Time between checks of the store: a Go duration such as 5m, or seconds. With 0 the operator decides.")
                @SchemaFrom(type = IntOrString.class)
                @Nullable JsonNode refreshInterval,
        @JsonPropertyDescription(
                        "Namespaces that may use the store; all when there are none. Only for a ClusterSecretStore.")
                List<StoreCondition> conditions,
        @JsonPropertyDescription(
                        "The store that values come from while this one cannot give them. Not a field of External Secrets.")
                @Nullable StoreFallback fallback) {

    /** Absent fields become empty. */
    public SecretStoreSpec {
        controller = Absent.text(controller);
        conditions = Absent.list(conditions);
    }

    /**
     * The time between checks; empty where the operator decides.
     *
     * @throws java.time.format.DateTimeParseException where the text is no duration
     */
    public Optional<Duration> refreshEvery() {
        if (refreshInterval == null || refreshInterval.isNull()) {
            return Optional.empty();
        }
        Duration every;
        if (refreshInterval.isIntegralNumber() && refreshInterval.canConvertToLong()) {
            every = Duration.ofSeconds(refreshInterval.longValue());
        } else {
            String text = refreshInterval.asText();
            every = text.isEmpty() ? Duration.ZERO : GoDuration.parse(text);
        }
        return every.isPositive() ? Optional.of(every) : Optional.empty();
    }
}
