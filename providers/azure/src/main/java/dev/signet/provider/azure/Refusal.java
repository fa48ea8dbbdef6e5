package dev.signet.provider.azure;

import java.time.Duration;
import java.util.Optional;

/**
 * What a vault says in place of an answer.
 *
 * @param status of HTTP
 * @param code the error's own code, such as {@code SecretNotFound}; empty where there is none
 * @param innerCode what is behind it, such as {@code SecretDisabled}; empty where there is none
 * @param retryAfter how long it asks to be left alone
 */
record Refusal(int status, String code, String innerCode, Optional<Duration> retryAfter) {}
