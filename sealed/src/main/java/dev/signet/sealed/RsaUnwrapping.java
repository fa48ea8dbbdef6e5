package dev.signet.sealed;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;

/** A private key in the form that its provider takes without work; empty for the JDK's own. */
record RsaUnwrapping(PrivateKey key, Optional<Provider> provider) {

    /** RSA-OAEP, ready to unwrap one session key. */
    Cipher cipher(AlgorithmParameterSpec oaep) throws GeneralSecurityException {
        Cipher cipher =
                provider.isPresent()
                        ? Cipher.getInstance(HybridCipher.RSA_OAEP, provider.get())
                        : Cipher.getInstance(HybridCipher.RSA_OAEP);
        cipher.init(Cipher.DECRYPT_MODE, key, oaep);
        return cipher;
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return "RSA";
    }
}
