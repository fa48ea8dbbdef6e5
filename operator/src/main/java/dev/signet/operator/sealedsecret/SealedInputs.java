package dev.signet.operator.sealedsecret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
import dev.signet.sealed.Scope;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a hash whether a Secret is to be made of the same as before. It goes over sealed values,
 * never over opened ones.
 */
final class SealedInputs {

    /** To be raised when the same SealedSecret comes to make another Secret. */
    private static final String VERSION = "1";

    private final ObjectMapper mapper;
    private final boolean acceptLegacy;

    SealedInputs(ObjectMapper mapper, boolean acceptLegacy) {
        this.mapper = mapper.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.acceptLegacy = acceptLegacy;
    }

    /** In hexadecimal digits. */
    String of(SealedSecret sealed) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            ObjectMeta meta = sealed.getMetadata();
            add(hash, VERSION);
            add(hash, meta.getNamespace());
            add(hash, meta.getName());
            add(hash, meta.getUid());
            add(hash, Scope.of(annotations(sealed)).word());
            add(hash, Boolean.toString(isStoreOnly(sealed)));
            @Nullable SealedSecretSpec spec = sealed.getSpec();
            if (spec != null) {
                add(hash, mapper.writeValueAsString(spec.template()));
                add(hash, acceptLegacy ? spec.data() : "");
                new TreeMap<>(spec.encryptedData())
                        .forEach((key, value) -> {
                            add(hash, key);
                            add(hash, value);
                        });
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("a SealedSecret cannot be hashed", e);
        }
    }

    /** Whether it makes no Secret. */
    static boolean isStoreOnly(SealedSecret sealed) {
        return "true".equals(annotations(sealed).get(SealedSecret.STORE_ONLY));
    }

    static Map<String, String> annotations(SealedSecret sealed) {
        @Nullable Map<String, String> annotations = sealed.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static void add(MessageDigest hash, @Nullable String text) {
        byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        // With its length in front, so that no two rows of texts give the same bytes.
        hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        hash.update(bytes);
    }
}
