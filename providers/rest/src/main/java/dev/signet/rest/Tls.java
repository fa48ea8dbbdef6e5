package dev.signet.rest;

import dev.signet.api.store.CaProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a store trusts and what it shows of itself. */
public final class Tls {

    private static final String CERTIFICATES = "-----BEGIN CERTIFICATE-----";
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** The reference in a {@code caProvider}. */
    public static Reference reference(CaProvider provider) {
        return provider.type().equals("ConfigMap")
                ? new Reference.ConfigMapKey(provider.namespace(), provider.name(), provider.key())
                : new Reference.SecretKey(provider.namespace(), provider.name(), provider.key());
    }

    /** What is wrong with a {@code caProvider}; {@code field} is where it stands. */
    public static Optional<String> problem(CaProvider provider, String field) {
        if (!provider.type().equals("Secret") && !provider.type().equals("ConfigMap")) {
            return Optional.of(field + ".type must be Secret or ConfigMap");
        }
        return provider.name().isEmpty() || provider.key().isEmpty()
                ? Optional.of(field + " needs name and key")
                : Optional.empty();
    }

    /**
     * The certificates that the fields {@code caBundle} and {@code caProvider} give, the first
     * before the second; null where both are absent.
     *
     * @param parent what stands before the names of the two fields in messages
     */
    public static @Nullable Pem trust(
            String parent, String caBundle, @Nullable CaProvider caProvider, References references)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        if (!caBundle.isEmpty()) {
            return new Pem(parent + "caBundle", decoded(caBundle, parent + "caBundle"));
        }
        if (caProvider == null) {
            return null;
        }
        String text =
                switch (reference(caProvider)) {
                    case Reference.ConfigMapKey map -> references.read(map).utf8();
                    case Reference.SecretKey secret -> references.read(secret).utf8();
                    case Reference.ServiceAccount _, Reference.SealedSecrets _ ->
                            throw new IllegalStateException(
                                    "no certificates come of such a reference");
                };
        return new Pem(parent + "caProvider", text);
    }

    /**
     * Text that is given in base64.
     *
     * @throws GeneralSecurityException where it is not base64; the message names {@code field}
     */
    public static String decoded(String base64, String field) throws GeneralSecurityException {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(field + " is not base64");
        }
    }

    /** A context; null for the platform's own. */
    static @Nullable SSLContext context(TlsMaterial material) throws GeneralSecurityException {
        Pem trust = material.trust();
        Pem chain = material.chain();
        Pem key = material.key();
        if (trust == null && (chain == null || key == null)) {
            return null;
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                chain == null || key == null ? null : keyManagers(chain, key),
                trust == null ? null : trustManagers(trust),
                null);
        return context;
    }

    private static TrustManager[] trustManagers(Pem trust) throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = emptyStore();
        int index = 0;
        for (Certificate certificate : certificates(trust)) {
            store.setCertificateEntry("ca-" + index++, certificate);
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keyManagers(Pem chain, Pem key) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                PrivateKeys.of(key),
                NO_PASSWORD,
                certificates(chain).toArray(Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static List<Certificate> certificates(Pem pem) throws GeneralSecurityException {
        int start = pem.text().indexOf(CERTIFICATES);
        if (start < 0) {
            throw new GeneralSecurityException(pem.field() + " holds no certificate in PEM");
        }
        byte[] bytes = pem.text().substring(start).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return new ArrayList<>(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes)));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    pem.field() + " holds a certificate that cannot be read");
        }
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
