package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where a value is in the backend. */
@ApiType
public record DataRemoteRef(
        @JsonPropertyDescription("The remote key.") @Required String key,
        @JsonPropertyDescription(
                        "Fetch reads the metadata of the secret, None, also when absent, its value.")
                @Limits(values = {"None", "Fetch"})
                String metadataPolicy,
        @JsonPropertyDescription("The part of the value that is wanted; the whole when absent.")
                String property,
        @JsonPropertyDescription("The version that is wanted; the current one when absent.")
                String version,
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

    /** Refers to nothing. */
    public static final DataRemoteRef NONE = new DataRemoteRef("", "", "", "", "", "", "");

    /** Absent fields become empty. */
    public DataRemoteRef {
        key = Absent.text(key);
        metadataPolicy = Absent.word(metadataPolicy);
        property = Absent.phrase(property);
        version = Absent.text(version);
        conversionStrategy = Absent.word(conversionStrategy);
        decodingStrategy = Absent.word(decodingStrategy);
        nullBytePolicy = Absent.word(nullBytePolicy);
    }

    /** Whether metadata is wanted instead of the value. */
    public boolean fetchesMetadata() {
        return metadataPolicy.equals("Fetch");
    }
}
