package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many keys of the target at once, from one secret, a search or a generator. */
@ApiType
public record ExternalSecretDataFrom(
        @JsonPropertyDescription("Takes the members of one secret.")
                @Nullable DataRemoteRef extract,
        @JsonPropertyDescription("Finds secrets, each of which becomes a key.")
                @Nullable ExternalSecretFind find,
        @JsonPropertyDescription(
                        "Changes of the keys, one after the other. With any of them, conversionStrategy is not used.")
                List<ExternalSecretRewrite> rewrite,
        @JsonPropertyDescription("Another store, or a generator, for this entry alone.")
                @Nullable SourceRef sourceRef) {

    /** Absent fields become empty. */
    public ExternalSecretDataFrom {
        rewrite = Absent.list(rewrite);
    }
}
