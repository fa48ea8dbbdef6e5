package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds many values at once. */
@ApiType
public record ExternalSecretFind(
        @JsonPropertyDescription("Where in the backend the search starts.") String path,
        @JsonPropertyDescription("Finds by name.") @Nullable FindName name,
        @JsonPropertyDescription("Finds by tags, all of which must fit.") Map<String, String> tags,
        @JsonPropertyDescription(
                        "How characters of a remote key that a Secret key may not have are replaced: Default, also when absent, writes an underscore, Unicode the code point.")
                @Limits(values = {"Default", "Unicode"})
                String conversionStrategy,
        @JsonPropertyDescription(
                        "How a value is decoded. Auto tries base64, then base64url, and else keeps the value; None, also when absent, keeps it.")
                @Limits(values = {"Auto", "Base64", "Base64URL", "None"})
                String decodingStrategy,
        @JsonPropertyDescription(
                        "What a zero byte in a value means: Ignore, also when absent, or Fail.")
                @Limits(values = {"Ignore", "Fail"})
                String nullBytePolicy) {

    /** Absent fields become empty. */
    public ExternalSecretFind {
        path = Absent.text(path);
        tags = Absent.map(tags);
        conversionStrategy = Absent.word(conversionStrategy);
        decodingStrategy = Absent.word(decodingStrategy);
        nullBytePolicy = Absent.word(nullBytePolicy);
    }
}
