package dev.signet.rest;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's TLS is made of.
 *
 * @param trust the certificates to trust and no others; null for those of the platform
 * @param chain the client's own certificates, with {@code key}; null for none
 */
public record TlsMaterial(@Nullable Pem trust, @Nullable Pem chain, @Nullable Pem key) {

    /** Without a certificate of the client's own. */
    public static TlsMaterial trusting(@Nullable Pem trust) {
        return new TlsMaterial(trust, null, null);
    }
}
