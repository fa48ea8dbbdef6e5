package dev.signet.operator.externalsecret;

import dev.signet.operator.cache.SlimMetadata;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.externalsecret.rules.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a managed Secret: its marks, and the hash of its data instead of the data. So a
 * change by hand is seen without any value being held.
 */
final class TargetStub {

    /** No annotation of a real object can have this name, so nobody can bring a hash of his own. */
    private static final String ACTUAL_HASH = "actual data hash";

    private TargetStub() {}

    /** Turns a Secret from the API server into a stub, in place. */
    static void prune(Secret secret) {
        var meta = secret.getMetadata();
        Map<String, String> annotations =
                meta.getAnnotations() == null
                        ? new HashMap<>()
                        : new HashMap<>(meta.getAnnotations());
        if (secret.getData() != null || !annotations.containsKey(ACTUAL_HASH)) {
            String actual = GoHash.data(decode(secret.getData()));
            String declared = annotations.get(Marks.DATA_HASH_ANNOTATION);
            // Nearly always the same text, which is then held once.
            annotations.put(ACTUAL_HASH, actual.equals(declared) ? declared : actual);
        }
        secret.setData(null);
        secret.setStringData(null);
        secret.setAdditionalProperties(Map.of());
        secret.setApiVersion(SlimMetadata.shared(secret.getApiVersion()));
        secret.setKind(SlimMetadata.shared(secret.getKind()));
        secret.setType(SlimMetadata.shared(secret.getType()));
        meta.setAnnotations(annotations);
        SlimMetadata.apply(meta);
    }

    /** The hash of the data that the Secret really has. */
    static String actualHash(Secret stub) {
        return annotation(stub, ACTUAL_HASH);
    }

    /** The value of an annotation; empty when there is none. */
    static String annotation(Secret secret, String name) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    /** The annotations that the Secret really has. */
    static Map<String, String> realAnnotations(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        if (annotations == null) {
            return Map.of();
        }
        Map<String, String> real = new HashMap<>(annotations);
        real.remove(ACTUAL_HASH);
        return real;
    }

    /** The value of a label; empty when there is none. */
    static String label(Secret secret, String name) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(name, "");
    }

    /** The bytes of a Secret's data. */
    static Map<String, byte[]> decode(@Nullable Map<String, String> data) {
        Map<String, byte[]> decoded = new HashMap<>();
        if (data != null) {
            data.forEach((key, value) ->
                    decoded.put(
                            key, value == null ? new byte[0] : Base64.getDecoder().decode(value)));
        }
        return decoded;
    }
}
