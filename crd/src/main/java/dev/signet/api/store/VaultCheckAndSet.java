package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;

/** Guard of writes to a KV v2 engine against lost updates. */
@ApiType
public record VaultCheckAndSet(
        @JsonPropertyDescription("Whether each write names the version that it replaces.")
                @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                boolean required) {}
