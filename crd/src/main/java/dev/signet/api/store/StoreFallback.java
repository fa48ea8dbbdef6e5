package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * The store that values come from while another cannot give them. A field that External Secrets
 * does not have; the annotations named here say the same in a manifest that is to be valid for
 * both.
 */
@ApiType
public record StoreFallback(
        @JsonPropertyDescription(
                        "Kind of the fallback, SecretStore when absent: the one in the namespace of the ExternalSecret.")
                @Limits(values = {"SecretStore", "ClusterSecretStore"})
                String kind,
        @JsonPropertyDescription("Name of the fallback.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name,
        @JsonPropertyDescription(
                        "When the fallback is used: Unreachable and NotConfigured when absent. Never when access is denied.")
                @Limits(
                        itemPattern = "^(Unreachable|NotConfigured|Missing)$",
                        itemMinLength = 1,
                        itemMaxLength = 63)
                List<String> on,
        @JsonPropertyDescription(
                        "What becomes of a Secret that holds values of the store itself: with Keep, as when absent, it stays as it is; with Replace it gets those of the fallback.")
                @Limits(values = {"Keep", "Replace"})
                String mode) {

    /** The annotation that names a fallback as {@code KIND/NAME}. */
    public static final String ANNOTATION = "signet.dev/fallback";

    /** The annotation that stands for {@link #on}, with commas in between. */
    public static final String ON_ANNOTATION = "signet.dev/fallback-on";

    /** The annotation that stands for {@link #mode}. */
    public static final String MODE_ANNOTATION = "signet.dev/fallback-mode";

    /** Absent fields become empty. */
    public StoreFallback {
        kind = Absent.word(kind);
        name = Absent.word(name);
        on = Absent.list(on);
        mode = Absent.word(mode);
    }
}
