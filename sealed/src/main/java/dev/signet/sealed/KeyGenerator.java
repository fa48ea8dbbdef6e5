package dev.signet.sealed;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/**
 * Makes keys as Bitnami's controller makes them: RSA, with a certificate that the key signed itself
 * and that has no name unless one is given.
 */
public final class KeyGenerator {

    private static final int VERSION_3 = 2;
    private static final int EXTENSIONS = 3;
    private static final int SERIAL_BITS = 128;

    private final Clock clock;
    private final SecureRandom random;

    /** A generator of certificates that start now. */
    public KeyGenerator(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * A new key; takes about a second of CPU for 4096 bits.
     *
     * @param name of the key
     * @param bits of the modulus
     * @param life of the certificate
     * @param commonName of subject and issuer; empty for none
     */
    public UnsealingKey generate(String name, int bits, Duration life, String commonName) {
        try {
            KeyPairGenerator generator = RsaProvider.generator();
            generator.initialize(bits, random);
            return certified(name, generator.generateKeyPair(), life, commonName);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be made", e);
        }
    }

    /**
     * A key that is there already, with a new certificate that has no name.
     *
     * @param name of the key
     * @param keyPem in PKCS#1 or PKCS#8
     * @param life of the certificate
     * @throws SealedFormatException where the key cannot be used
     */
    public UnsealingKey certify(String name, String keyPem, Duration life)
            throws SealedFormatException {
        RSAPrivateCrtKey key = UnsealingKey.privateKey(keyPem);
        try {
            PublicKey open =
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new RSAPublicKeySpec(
                                            key.getModulus(), key.getPublicExponent()));
            return certified(name, new KeyPair(open, key), life, "");
        } catch (GeneralSecurityException e) {
            throw new SealedFormatException("the private key cannot be used as an RSA key");
        }
    }

    private UnsealingKey certified(String name, KeyPair pair, Duration life, String commonName)
            throws GeneralSecurityException {
        try {
            String pem = Pem.write("CERTIFICATE", certificate(pair, life, commonName));
            return new UnsealingKey(name, crt(pair), SealingCertificate.parse(pem));
        } catch (IOException | SealedFormatException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    /** RFC 5280 §4.1, written field by field: builders of certificates want an issuer. */
    private byte[] certificate(KeyPair pair, Duration life, String commonName)
            throws IOException, GeneralSecurityException {
        Instant start = clock.instant();
        X500Name holder = name(commonName);
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        DERSequence fields =
                sequence(
                        new DERTaggedObject(true, 0, new ASN1Integer(VERSION_3)),
                        new ASN1Integer(new BigInteger(SERIAL_BITS, random)),
                        algorithm,
                        holder,
                        sequence(time(start), time(start.plus(life))),
                        holder,
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                        new DERTaggedObject(true, EXTENSIONS, extensions()));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(crt(pair), random);
        signature.update(fields.getEncoded());
        return sequence(fields, algorithm, new DERBitString(signature.sign())).getEncoded();
    }

    /** The key in the JDK's own form, which others may not know. */
    private static RSAPrivateCrtKey crt(KeyPair pair) throws GeneralSecurityException {
        return (RSAPrivateCrtKey)
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
    }

    private static Extensions extensions() throws IOException {
        return new Extensions(
                new Extension[] {
                    new Extension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.encipherOnly).getEncoded()),
                    new Extension(
                            Extension.basicConstraints,
                            true,
                            new BasicConstraints(true).getEncoded())
                });
    }

    private static Time time(Instant instant) {
        return new Time(Date.from(instant), Locale.ROOT);
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
    }

    private static X500Name name(String commonName) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        if (!commonName.isEmpty()) {
            name.addRDN(BCStyle.CN, commonName);
        }
        return name.build();
    }
}
