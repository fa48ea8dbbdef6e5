package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One change of keys: exactly one of the three. */
@Limits(minProperties = 1, maxProperties = 1)
@ApiType
public record ExternalSecretRewrite(
        @JsonPropertyDescription("Brings the keys of several JSON objects together.")
                @Nullable RewriteMerge merge,
        @JsonPropertyDescription("Replaces parts of keys.") @Nullable RewriteRegexp regexp,
        @JsonPropertyDescription("Makes keys with a template.")
                @Nullable RewriteTransform transform) {}
