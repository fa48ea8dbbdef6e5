package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a key is written in a Secret: as one of a TLS server, with a label. */
final class KeySecrets {

    static final String LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";
    static final String ACTIVE = "active";

    private static final String TYPE = "kubernetes.io/tls";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private KeySecrets() {}

    /** A Secret for a new key. The API server completes its name. */
    static Secret write(UnsealingKey key, String namespace, KeySettings settings) {
        Map<String, String> labels = new HashMap<>(settings.labels());
        labels.put(LABEL, ACTIVE);
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName(settings.prefix())
                .withLabels(labels)
                .withAnnotations(settings.annotations())
                .endMetadata()
                .withType(TYPE)
                .withData(
                        Map.of(
                                CERTIFICATE, encoded(key.certificate().pem()),
                                KEY, encoded(key.privateKeyPem())))
                .build();
    }

    /**
     * Whether the key shall be used. A Secret of the name that keys had before there were several
     * may lack the label, but not carry another value, which takes a key out of use.
     */
    static boolean isActive(Secret secret, String prefix) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        @Nullable String label = labels == null ? null : labels.get(LABEL);
        return label == null ? secret.getMetadata().getName().equals(prefix) : label.equals(ACTIVE);
    }

    /**
     * The key.
     *
     * @throws SealedFormatException where there is none that can be used
     */
    static HeldKey read(Secret secret) throws SealedFormatException {
        UnsealingKey key =
                UnsealingKey.parse(
                        secret.getMetadata().getName(),
                        decoded(secret, KEY),
                        decoded(secret, CERTIFICATE));
        return new HeldKey(key, created(secret));
    }

    private static Instant created(Secret secret) {
        @Nullable String time = secret.getMetadata().getCreationTimestamp();
        try {
            return time == null ? Instant.EPOCH : Instant.parse(time);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static String decoded(Secret secret, String field) throws SealedFormatException {
        @Nullable String text = secret.getData() == null ? null : secret.getData().get(field);
        if (text == null || text.isEmpty()) {
            throw new SealedFormatException("it has no " + field);
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The cause may quote the text.
            throw new SealedFormatException(field + " is not in base64");
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
