package dev.signet.testbed;

import java.net.URI;

/**
 * A running server that speaks the API of HashiCorp Vault and OpenBao, unsealed and with a known
 * root token.
 */
public interface VaultServer extends AutoCloseable {

    /**
     * Starts a server in memory: OpenBao, or a container where {@code SIGNET_VAULT} is {@code
     * docker} or OpenBao cannot be had and a Docker engine answers. The container's image is {@code
     * SIGNET_VAULT_IMAGE}, else {@code hashicorp/vault:1.21}; for it Testcontainers must be on the
     * class path.
     */
    static VaultServer start(Binaries binaries) {
        return VaultChoice.start(binaries);
    }

    /** Where it listens, without a path. */
    URI address();

    /** A token that may do everything. */
    String rootToken();

    /** The certificates with which to verify the server, as PEM; empty if it speaks plain HTTP. */
    String caCertificate();

    /** The API with the root token. */
    default VaultApi api() {
        return apiAs(rootToken());
    }

    /** The API with another token. */
    default VaultApi apiAs(String token) {
        return VaultApi.of(address(), caCertificate(), token);
    }

    /** Seals it: every request is answered with 503 until it is unsealed. */
    void seal();

    /** Unseals it. */
    void unseal();

    /** What the server has written to its audit log. */
    AuditLog audit();

    /** Ends the server. */
    @Override
    void close();
}
