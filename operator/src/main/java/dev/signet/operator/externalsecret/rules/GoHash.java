package dev.signet.operator.externalsecret.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that External Secrets writes on objects: lowercase hex SHA3-224 of what Go's {@code
 * fmt} prints for {@code %+v}. They are compared with marks written by others, so the text is
 * rebuilt to the letter.
 */
public final class GoHash {

    private GoHash() {}

    /** The hash of a Secret's data. An empty value and an absent one hash alike. */
    public static String data(Map<String, byte[]> data) {
        return text(GoPrint.bytes(data));
    }

    /** The value of the label {@link Marks#OWNER_LABEL}. */
    public static String owner(String namespace, String name) {
        return text(namespace + "/" + name);
    }

    /** The hash of an object's labels and annotations. */
    public static String metadata(Map<String, String> labels, Map<String, String> annotations) {
        return text(
                "{annotations:"
                        + GoPrint.value(annotations)
                        + " labels:"
                        + GoPrint.value(labels)
                        + "}");
    }

    /** The value of {@code status.syncedResourceVersion} for an object in this state. */
    public static String syncedResourceVersion(
            long generation, Map<String, String> labels, Map<String, String> annotations) {
        return generation + "-" + metadata(labels, annotations);
    }

    /**
     * The hash of a JSON value: a map, a list, a string, a boolean, a number or null. Numbers of an
     * integer type print as integers, {@code Float} and {@code Double} as Go prints a float64.
     */
    public static String json(@Nullable Object value) {
        return text(GoPrint.value(value));
    }

    static String text(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA3-224")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA3-224", e);
        }
    }
}
