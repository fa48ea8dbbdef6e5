package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Another source for one entry: exactly one of the two. */
@Limits(minProperties = 1, maxProperties = 1)
@ApiType
public record SourceRef(
        @JsonPropertyDescription("The store to read from.") @Nullable StoreRef storeRef,
        @JsonPropertyDescription("The generator to ask. Only dataFrom entries may name one.")
                @Nullable GeneratorRef generatorRef) {}
