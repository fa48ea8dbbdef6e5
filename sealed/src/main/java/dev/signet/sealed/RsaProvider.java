package dev.signet.sealed;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/**
 * RSA with private keys, by BoringSSL where its library is there for this machine, else by the JDK.
 *
 * <p>The JDK's arithmetic is fast only when its second compiler has been over it, and the operator
 * runs without that one: a try with 4,096 bits takes 90 ms there, and 5 ms here. The provider is
 * not registered, so nothing else changes its cryptography.
 */
final class RsaProvider {

    /** Loaded when the first key is read; for ever after it is one and the same. */
    private static final Optional<Provider> BORING_SSL = boringSsl();

    private RsaProvider() {}

    /**
     * What unwraps session keys with this key.
     *
     * @throws GeneralSecurityException where no one takes the key
     */
    static RsaUnwrapping unwrapping(RSAPrivateCrtKey key) throws GeneralSecurityException {
        if (BORING_SSL.isPresent()) {
            try {
                Provider provider = BORING_SSL.get();
                return new RsaUnwrapping(
                        KeyFactory.getInstance("RSA", provider)
                                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())),
                        Optional.of(provider));
            } catch (GeneralSecurityException | RuntimeException e) {
                // It takes fewer sizes than the JDK.
                return new RsaUnwrapping(key, Optional.empty());
            }
        }
        return new RsaUnwrapping(key, Optional.empty());
    }

    /** Makes pairs of keys; takes no randomness but that of its library. */
    static KeyPairGenerator generator() throws GeneralSecurityException {
        return BORING_SSL.isEmpty()
                ? KeyPairGenerator.getInstance("RSA")
                : KeyPairGenerator.getInstance("RSA", BORING_SSL.get());
    }

    private static Optional<Provider> boringSsl() {
        try {
            return Conscrypt.isAvailable()
                    ? Optional.of(Conscrypt.newProviderBuilder().provideTrustManager(false).build())
                    : Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            // No library for this machine, or no folder to load it from: slower, and as good.
            return Optional.empty();
        }
    }
}
