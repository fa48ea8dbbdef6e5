package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * One key that opens sealed values, with the certificate that they are sealed with. Prints as its
 * name and fingerprint.
 */
public final class UnsealingKey {

    private static final int LEAST_BITS = 1024;

    /** The JDK takes seconds for one operation with a key of this size. */
    private static final int MOST_BITS = 16_384;

    private final String name;
    private final RSAPrivateCrtKey key;
    private final RsaUnwrapping unwrapping;
    private final SealingCertificate certificate;
    private final String fingerprint;

    UnsealingKey(String name, RSAPrivateCrtKey key, SealingCertificate certificate)
            throws SealedFormatException {
        this.name = name;
        this.key = key;
        this.unwrapping = unwrapping(key);
        this.certificate = certificate;
        this.fingerprint = certificate.fingerprint();
    }

    /**
     * Reads a key and its certificate.
     *
     * @param name of the Secret or file that holds it
     * @param keyPem in PKCS#1 ({@code RSA PRIVATE KEY}, RFC 8017 §A.1.2) or PKCS#8 ({@code PRIVATE
     *     KEY}, RFC 5208)
     * @param certificatePem the first certificate in it is taken
     * @throws SealedFormatException where one of them cannot be used, or they do not belong
     *     together
     */
    public static UnsealingKey parse(String name, String keyPem, String certificatePem)
            throws SealedFormatException {
        RSAPrivateCrtKey key = privateKey(keyPem);
        SealingCertificate certificate = SealingCertificate.parse(certificatePem);
        if (!certificate.key().getModulus().equals(key.getModulus())) {
            throw new SealedFormatException("the certificate is of another key");
        }
        return new UnsealingKey(name, key, certificate);
    }

    /**
     * The value; empty where this key or this label did not seal it, or it was changed.
     *
     * @param label of {@link Scope#label}
     */
    Optional<SecretValue> open(Ciphertext sealed, byte[] label) {
        int bytes = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        // RFC 8017 §7.1.1: who seals writes leading zeros too. Others are not worth an operation.
        if (sealed.wrappedKey().length != bytes) {
            return Optional.empty();
        }
        byte[] opened;
        try {
            opened = HybridCipher.open(unwrapping, label, sealed);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(SecretValue.of(opened));
        } finally {
            Arrays.fill(opened, (byte) 0);
        }
    }

    /** Name of the Secret or file that holds it. */
    public String name() {
        return name;
    }

    /** Its public half. */
    public SealingCertificate certificate() {
        return certificate;
    }

    /** As {@link SealingCertificate#fingerprint()}. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The private key in PKCS#1 PEM, as Bitnami's controller stores it. Not to be printed. */
    public String privateKeyPem() {
        RSAPrivateKey parts =
                new RSAPrivateKey(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent(),
                        key.getPrimeP(),
                        key.getPrimeQ(),
                        key.getPrimeExponentP(),
                        key.getPrimeExponentQ(),
                        key.getCrtCoefficient());
        try {
            return Pem.write("RSA PRIVATE KEY", parts.getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a key in memory cannot be encoded", e);
        }
    }

    /** Name and fingerprint. */
    @Override
    public String toString() {
        return name + " (" + fingerprint + ")";
    }

    private static RsaUnwrapping unwrapping(RSAPrivateCrtKey key) throws SealedFormatException {
        try {
            return RsaProvider.unwrapping(key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SealedFormatException("the private key cannot be used as an RSA key");
        }
    }

    /** The first RSA key in a PEM text. */
    static RSAPrivateCrtKey privateKey(String pem) throws SealedFormatException {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject block = reader.readPemObject();
            while (block != null) {
                switch (block.getType()) {
                    case "RSA PRIVATE KEY" -> {
                        return checked(pkcs1(block.getContent()));
                    }
                    case "PRIVATE KEY" -> {
                        return checked(pkcs8(block.getContent()));
                    }
                    default -> block = reader.readPemObject();
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The cause may quote the key.
            throw new SealedFormatException("the private key cannot be read as an RSA key");
        }
        throw new SealedFormatException("there is no RSA private key in PEM");
    }

    private static RSAPrivateCrtKey pkcs1(byte[] der) throws GeneralSecurityException {
        RSAPrivateKey parts = RSAPrivateKey.getInstance(der);
        return (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new RSAPrivateCrtKeySpec(
                                        parts.getModulus(),
                                        parts.getPublicExponent(),
                                        parts.getPrivateExponent(),
                                        parts.getPrime1(),
                                        parts.getPrime2(),
                                        parts.getExponent1(),
                                        parts.getExponent2(),
                                        parts.getCoefficient()));
    }

    private static RSAPrivateCrtKey pkcs8(byte[] der) throws GeneralSecurityException {
        return (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static RSAPrivateCrtKey checked(RSAPrivateCrtKey key) throws SealedFormatException {
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_BITS || bits > MOST_BITS) {
            throw new SealedFormatException(
                    "an RSA key of %d bits is not used; from %d to %d are"
                            .formatted(bits, LEAST_BITS, MOST_BITS));
        }
        return key;
    }
}
