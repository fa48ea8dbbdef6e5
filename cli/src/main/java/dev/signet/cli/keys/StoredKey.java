package dev.signet.cli.keys;

import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Secret that should hold a key. */
public sealed interface StoredKey {

    /** On a key's Secret; {@code active} where the key is used. */
    String LABEL = "sealedsecrets.bitnami.com/sealed-secrets-key";

    /** The value of {@link #LABEL} of keys in use. */
    String ACTIVE = "active";

    /** Name of the Secret. */
    String name();

    /** Whether the operator is to use it, by its label. */
    boolean isActive();

    /** It holds a key. */
    record Usable(String name, boolean isActive, UnsealingKey key) implements StoredKey {}

    /** It holds none that can be used. */
    record Broken(String name, boolean isActive, String reason) implements StoredKey {}

    /**
     * Reads a Secret.
     *
     * @param prefix a Secret of exactly this name is a key even without the label
     */
    static StoredKey of(Secret secret, String prefix) {
        String name = secret.getMetadata().getName();
        Map<String, String> labels = secret.getMetadata().getLabels();
        @Nullable String label = labels == null ? null : labels.get(LABEL);
        boolean active = label == null ? name.equals(prefix) : label.equals(ACTIVE);
        try {
            return new Usable(
                    name,
                    active,
                    UnsealingKey.parse(name, entry(secret, "tls.key"), entry(secret, "tls.crt")));
        } catch (SealedFormatException e) {
            return new Broken(name, active, String.valueOf(e.getMessage()));
        }
    }

    private static String entry(Secret secret, String name) throws SealedFormatException {
        @Nullable String value = secret.getData() == null ? null : secret.getData().get(name);
        if (value == null || value.isEmpty()) {
            throw new SealedFormatException("it has no " + name);
        }
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The cause may quote the value.
            throw new SealedFormatException(name + " is not in base64");
        }
    }
}
