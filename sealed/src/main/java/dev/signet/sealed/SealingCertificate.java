package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The public half of a sealing key: what values are sealed with.
 *
 * <p>The certificate is a container for the key and for two dates; nobody checks who signed it. Its
 * names may be empty, which the JDK's own reader refuses.
 */
public final class SealingCertificate {

    private static final String CERTIFICATE = "CERTIFICATE";

    private final RSAPublicKey key;
    private final Instant notBefore;
    private final Instant notAfter;
    private final byte[] der;

    private SealingCertificate(RSAPublicKey key, Instant notBefore, Instant notAfter, byte[] der) {
        this.key = key;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
        this.der = der;
    }

    /**
     * The first certificate in a PEM text (RFC 7468); what stands around it is passed over.
     *
     * @throws SealedFormatException where there is none, or its key is not RSA
     */
    public static SealingCertificate parse(String pem) throws SealedFormatException {
        Optional<byte[]> der;
        try {
            der = Pem.first(CERTIFICATE, pem);
        } catch (IllegalArgumentException e) {
            throw new SealedFormatException("the certificate cannot be read as PEM");
        }
        if (der.isEmpty()) {
            throw new SealedFormatException(
                    "data does not contain any valid RSA or ECDSA certificates");
        }
        return of(der.get());
    }

    private static SealingCertificate of(byte[] der) throws SealedFormatException {
        try {
            CertificateFields fields = CertificateFields.read(der);
            if (!fields.isRsa()) {
                throw new SealedFormatException(
                        "expected RSA public key but found one of another kind");
            }
            RSAPublicKey key =
                    (RSAPublicKey)
                            KeyFactory.getInstance("RSA")
                                    .generatePublic(new X509EncodedKeySpec(fields.key().whole()));
            return new SealingCertificate(key, fields.notBefore(), fields.notAfter(), der.clone());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SealedFormatException("the certificate cannot be read");
        }
    }

    /**
     * The value, as it is written in a manifest.
     *
     * @param label of {@link Scope#label}
     */
    public String seal(SecretValue value, byte[] label, SecureRandom random) {
        try {
            return HybridCipher.seal(key, label, value.bytes(), random).text();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA-OAEP with SHA-256 or AES-GCM is not available", e);
        }
    }

    /** Its key. */
    public RSAPublicKey key() {
        return key;
    }

    /** From when it may be used; the newest of several seals. */
    public Instant notBefore() {
        return notBefore;
    }

    /** Until when values should be sealed with it; they can be opened for ever. */
    public Instant notAfter() {
        return notAfter;
    }

    /** In PEM (RFC 7468), with a line end. */
    public String pem() {
        return Pem.write(CERTIFICATE, der);
    }

    /**
     * The fingerprint of the key, as OpenSSH writes it: {@code SHA256:} and base64 without padding.
     */
    public String fingerprint() {
        byte[] type = "ssh-rsa".getBytes(StandardCharsets.US_ASCII);
        byte[] exponent = key.getPublicExponent().toByteArray();
        byte[] modulus = key.getModulus().toByteArray();
        ByteBuffer blob =
                ByteBuffer.allocate(
                        3 * Integer.BYTES + type.length + exponent.length + modulus.length);
        for (byte[] part : new byte[][] {type, exponent, modulus}) {
            blob.putInt(part.length).put(part);
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob.array());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** The fingerprint. */
    @Override
    public String toString() {
        return fingerprint();
    }
}
