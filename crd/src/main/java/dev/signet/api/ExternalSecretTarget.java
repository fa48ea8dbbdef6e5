package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The object that is written. */
@ApiType
public record ExternalSecretTarget(
        @JsonPropertyDescription("Name of the target, that of the ExternalSecret when absent.")
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription(
                        "Who makes and owns the target. Owner makes and owns it, Orphan makes it and lets it outlive the ExternalSecret, Merge only adds to one that is there, CreateOrMerge does either, None writes nothing.")
                @Default("Owner")
                @Limits(values = {"Owner", "Orphan", "Merge", "None", "CreateOrMerge"})
                String creationPolicy,
        @JsonPropertyDescription(
                        "What is done when all values are gone from the backend. Retain keeps the target and reports an error, Delete deletes it, Merge takes the keys out.")
                @Default("Retain")
                @Limits(values = {"Delete", "Merge", "Retain"})
                String deletionPolicy,
        @JsonPropertyDescription("How the target looks.") @Nullable ExternalSecretTemplate template,
        @JsonPropertyDescription("Kind of the target where it is no Secret.")
                @Nullable ManifestRef manifest,
        @JsonPropertyDescription(
                        "Whether the target is immutable. Data once written is then never changed.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean immutable) {

    /** What an absent target means. */
    public static final ExternalSecretTarget DEFAULT =
            new ExternalSecretTarget("", "", "", null, null, false);

    /** Creation policy: made and owned. */
    public static final String OWNER = "Owner";

    /** Creation policy: made, outlives the ExternalSecret. */
    public static final String ORPHAN = "Orphan";

    /** Creation policy: only added to. Deletion policy: keys are taken out. */
    public static final String MERGE = "Merge";

    /** Creation policy: nothing is written. */
    public static final String NONE = "None";

    /** Creation policy: made, or added to where it is there. */
    public static final String CREATE_OR_MERGE = "CreateOrMerge";

    /** Deletion policy: kept. */
    public static final String RETAIN = "Retain";

    /** Deletion policy: deleted. */
    public static final String DELETE = "Delete";

    /** Absent fields become empty, or what the API server fills in. */
    public ExternalSecretTarget {
        name = Absent.text(name);
        creationPolicy = Absent.word(creationPolicy, "Owner");
        deletionPolicy = Absent.word(deletionPolicy, "Retain");
    }
}
