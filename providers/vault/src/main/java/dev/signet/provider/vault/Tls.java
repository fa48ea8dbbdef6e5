package dev.signet.provider.vault;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.VaultProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.support.PemObject;

/** Whom a store trusts and what it shows of itself, read from its spec at the time of asking. */
final class Tls {

    private static final String CERTIFICATES = "-----BEGIN CERTIFICATE-----";
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];

    private final VaultProvider spec;
    private final References references;

    Tls(VaultProvider spec, References references) {
        this.spec = spec;
        this.references = references;
    }

    /**
     * The TLS context that the spec asks for; empty for the platform's own.
     *
     * @throws GeneralSecurityException when what is referred to is no usable certificate or key;
     *     the message names the field
     */
    Optional<SSLContext> context()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        TrustManager @Nullable [] trust = trustManagers();
        KeyManager @Nullable [] keys = keyManagers();
        if (trust == null && keys == null) {
            return Optional.empty();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return Optional.of(context);
    }

    private TrustManager @Nullable [] trustManagers()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        CaProvider provider = spec.caProvider();
        if (!spec.caBundle().isEmpty()) {
            return trusting(decoded(spec.caBundle()), "caBundle");
        }
        if (provider != null) {
            return trusting(read(provider).bytes(), "caProvider");
        }
        return null;
    }

    private SecretValue read(CaProvider provider) throws ReferenceException, InterruptedException {
        return switch (Refs.of(provider)) {
            case Reference.ConfigMapKey configMap -> references.read(configMap);
            case Reference.SecretKey secret -> references.read(secret);
            case Reference.ServiceAccount _, Reference.SealedSecrets _ ->
                    throw new IllegalStateException("no certificates come of such a reference");
        };
    }

    private static byte[] decoded(String caBundle) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(caBundle);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("spec.provider.vault.caBundle is not base64", e);
        }
    }

    private static TrustManager[] trusting(byte[] pem, String field)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = emptyStore();
        int index = 0;
        for (Certificate certificate : certificates(pem, field)) {
            store.setCertificateEntry("ca-" + index++, certificate);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static List<Certificate> certificates(byte[] pem, String field)
            throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        int start = text.indexOf(CERTIFICATES);
        if (start < 0) {
            throw new GeneralSecurityException(
                    "spec.provider.vault." + field + " holds no certificate in PEM");
        }
        try {
            return new ArrayList<>(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(
                                    new ByteArrayInputStream(pem, start, pem.length - start)));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "spec.provider.vault." + field + " holds a certificate that cannot be read", e);
        }
    }

    private KeyManager @Nullable [] keyManagers()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        Optional<Shown> shown = Shown.of(spec);
        if (shown.isEmpty()) {
            return null;
        }
        byte[] chain = references.read(shown.get().certificate()).bytes();
        String key = references.read(shown.get().key()).utf8();
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                privateKey(key, shown.get().keyField()),
                NO_PASSWORD,
                certificates(chain, shown.get().certificateField()).toArray(Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static PrivateKey privateKey(String pem, String field) throws GeneralSecurityException {
        try {
            return privateKey(pem);
        } catch (GeneralSecurityException e) {
            // What the parser says may quote the key.
            throw new GeneralSecurityException(
                    "spec.provider.vault.%s holds no key that can be read; a key in PKCS#8 or an RSA key in PKCS#1 is needed"
                            .formatted(field));
        }
    }

    /**
     * The private key in a PEM, PKCS#8 or (RSA) PKCS#1.
     *
     * @throws GeneralSecurityException where there is none; its message is not to be shown
     */
    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        try {
            Matcher pkcs8 = PKCS8.matcher(pem);
            return pkcs8.find()
                    ? pkcs8(Base64.getMimeDecoder().decode(pkcs8.group(1)))
                    : KeyFactory.getInstance("RSA")
                            .generatePrivate(PemObject.fromKey(pem).getRSAPrivateKeySpec());
        } catch (RuntimeException e) {
            throw new GeneralSecurityException("no key", e);
        }
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return store;
    }
}
