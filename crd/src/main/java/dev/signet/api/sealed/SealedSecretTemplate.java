package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the Secret looks.
 *
 * @param metadata all of it is copied but name and namespace, which are those of the SealedSecret
 * @param type of the Secret; empty for Opaque
 * @param immutable whether the API server refuses changes of the Secret's values; absent for no
 * @param data templates of values by key; one without a text takes its key away
 */
@ApiType
public record SealedSecretTemplate(
        @JsonPropertyDescription("Labels, annotations and other metadata of the Secret.")
                @SchemaFrom(type = SealedTemplateMetadata.class)
                @PreserveUnknownFields
                @Limits(nullable = true)
                @Nullable ObjectMeta metadata,
        @JsonPropertyDescription("Type of the Secret.") String type,
        @JsonPropertyDescription("Whether the Secret's values may not be changed.")
                @Nullable Boolean immutable,
        @JsonPropertyDescription("Templates of values by key; they may use the sealed values.")
                @Limits(nullable = true)
                Map<String, @Nullable String> data) {

    /** Of a SealedSecret that says nothing of it. */
    public static final SealedSecretTemplate NONE =
            new SealedSecretTemplate(null, "", null, Map.of());

    /** Absent fields become empty. */
    public SealedSecretTemplate {
        type = Absent.text(type);
        data =
                data == null || data.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
