package dev.signet.provider.azure;

import java.time.Instant;

/**
 * An access token.
 *
 * @param refreshAt when to fetch another, while this one still serves
 * @param generation tells one login from the next
 */
record Token(String value, Instant expiresAt, Instant refreshAt, long generation) {

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "Token[generation=%d, expiresAt=%s]".formatted(generation, expiresAt);
    }
}
