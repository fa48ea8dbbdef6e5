package dev.signet.provider.azure;

import dev.signet.gjson.GoJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A certificate with its RSA key, from PEM or from PKCS#12 without a password. */
final class ClientCertificate {

    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN (RSA )?PRIVATE KEY-----([^-]*)-----END (?:RSA )?PRIVATE KEY-----");
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /** Version 0 and the algorithm, which PKCS#8 puts in front of a key in PKCS#1. */
    private static final byte[] RSA_HEADER =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final char[] NO_PASSWORD = {};
    private static final String UNREADABLE =
            "spec.provider.azurekv.authSecretRef.clientCertificate refers to no certificate with an RSA key: PEM with both, or PKCS#12 without a password, is needed";

    private final X509Certificate certificate;
    private final PrivateKey key;

    private ClientCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Reads a certificate and its key.
     *
     * @throws GeneralSecurityException if there are none, with nothing of the content in its
     *     message
     */
    static ClientCertificate of(byte[] content) throws GeneralSecurityException {
        try {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            return text.contains("-----BEGIN ") ? pem(text) : pkcs12(content);
        } catch (RuntimeException | IOException | GeneralSecurityException e) {
            // What the parser says may quote the key.
            throw new GeneralSecurityException(UNREADABLE);
        }
    }

    /** A signed statement to {@code audience} that its bearer is the application. */
    String assertion(String clientId, URI audience, Instant now) throws GeneralSecurityException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "PS256");
        header.put("typ", "JWT");
        header.put(
                "x5t#S256",
                encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", audience.toString());
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("nbf", now.minus(CLOCK_SKEW).getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        String signed = encode(json(header)) + "." + encode(json(claims));
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encode(signature.sign());
    }

    private static ClientCertificate pem(String text) throws GeneralSecurityException {
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            throw new GeneralSecurityException(UNREADABLE);
        }
        byte[] encoded = Base64.getMimeDecoder().decode(found.group(2));
        byte[] pkcs8 = found.group(1) == null ? encoded : pkcs8(encoded);
        PrivateKey key =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return matching(key, certificates(text));
    }

    private static List<Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
            byte[] rest = text.substring(at).getBytes(StandardCharsets.ISO_8859_1);
            certificates.add(factory.generateCertificate(new ByteArrayInputStream(rest)));
        }
        return certificates;
    }

    private static ClientCertificate pkcs12(byte[] content)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), NO_PASSWORD);
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, NO_PASSWORD) instanceof PrivateKey key) {
                return matching(key, List.of(store.getCertificateChain(alias)));
            }
        }
        throw new GeneralSecurityException(UNREADABLE);
    }

    private static ClientCertificate matching(
            @Nullable PrivateKey key, List<Certificate> certificates)
            throws GeneralSecurityException {
        for (Certificate candidate : certificates) {
            if (candidate instanceof X509Certificate certificate
                    && key instanceof RSAPrivateKey rsa
                    && certificate.getPublicKey() instanceof RSAPublicKey open
                    && open.getModulus().equals(rsa.getModulus())) {
                return new ClientCertificate(certificate, key);
            }
        }
        throw new GeneralSecurityException(UNREADABLE);
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.writeBytes(der(0x04, pkcs1));
        return der(0x30, inner.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // Keys of all sizes in use have lengths of two bytes.
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] json(Map<String, Object> value) {
        return GoJson.marshal(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
