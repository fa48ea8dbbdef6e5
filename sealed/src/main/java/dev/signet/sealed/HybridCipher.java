package dev.signet.sealed;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two layers of a sealed value: RSA-OAEP (RFC 8017 §7.1; SHA-256 for label and mask) around a
 * session key, and AES-256-GCM under it. The nonce is zero, which is sound for a key that is used
 * once.
 */
final class HybridCipher {

    /** Without a name for its hashes, so that both are given with the label. */
    static final String RSA_OAEP = "RSA/ECB/OAEPPadding";

    private static final int SESSION_KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;

    private HybridCipher() {}

    /** The value under a new session key. */
    static Ciphertext seal(PublicKey key, byte[] label, byte[] value, SecureRandom random)
            throws GeneralSecurityException {
        byte[] session = new byte[SESSION_KEY_BYTES];
        random.nextBytes(session);
        try {
            Cipher rsa = Cipher.getInstance(RSA_OAEP);
            rsa.init(Cipher.ENCRYPT_MODE, key, oaep(label), random);
            byte[] wrapped = rsa.doFinal(session);
            return new Ciphertext(wrapped, gcm(Cipher.ENCRYPT_MODE, session).doFinal(value));
        } finally {
            Arrays.fill(session, (byte) 0);
        }
    }

    /**
     * The value.
     *
     * @throws GeneralSecurityException where another key or label sealed it, or it was changed
     */
    static byte[] open(RsaUnwrapping key, byte[] label, Ciphertext sealed)
            throws GeneralSecurityException {
        byte[] session = key.cipher(oaep(label)).doFinal(sealed.wrappedKey());
        try {
            return gcm(Cipher.DECRYPT_MODE, session).doFinal(sealed.encrypted());
        } finally {
            Arrays.fill(session, (byte) 0);
        }
    }

    private static Cipher gcm(int mode, byte[] session) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(
                mode,
                new SecretKeySpec(session, "AES"),
                new GCMParameterSpec(TAG_BITS, new byte[NONCE_BYTES]));
        return aes;
    }

    /** The JDK's own name for OAEP with SHA-256 has SHA-1 for the mask. */
    private static OAEPParameterSpec oaep(byte[] label) {
        return new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label));
    }
}
