package dev.signet.provider.vault;

import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultCertAuth;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultProvider;
import dev.signet.provider.Reference;
import java.util.Optional;

/**
 * The certificate that a store's connections show. A connection shows one: that of the login where
 * it is the login, and else that of {@code tls}.
 *
 * @param certificate where it is read
 * @param key where its private key is read
 * @param certificateField of the spec, below {@code spec.provider.vault}
 * @param keyField the same for the key
 */
record Shown(
        Reference.SecretKey certificate,
        Reference.SecretKey key,
        String certificateField,
        String keyField) {

    /** What a spec asks for; empty without both halves of it. */
    static Optional<Shown> of(VaultProvider spec) {
        VaultAuth auth = spec.auth();
        if (auth != null && LoginMethod.of(spec) instanceof CertLogin(VaultCertAuth cert)) {
            return cert.clientCert() == null || cert.secretRef() == null
                    ? Optional.empty()
                    : Optional.of(
                            new Shown(
                                    Refs.of(cert.clientCert(), Refs.TLS_CERT),
                                    Refs.of(cert.secretRef(), Refs.TLS_KEY),
                                    "auth.cert.clientCert",
                                    "auth.cert.secretRef"));
        }
        VaultClientTls tls = spec.tls();
        return tls == null || tls.certSecretRef() == null || tls.keySecretRef() == null
                ? Optional.empty()
                : Optional.of(
                        new Shown(
                                Refs.of(tls.certSecretRef(), Refs.TLS_CERT),
                                Refs.of(tls.keySecretRef(), Refs.TLS_KEY),
                                "tls.certSecretRef",
                                "tls.keySecretRef"));
    }
}
