package dev.signet.sealed;

import dev.signet.api.sealed.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Where a sealed value may be opened. The key inside its object is free in every scope. */
public enum Scope {

    /** In the object of one namespace and name. */
    STRICT("strict", ""),

    /** In every object of one namespace. */
    NAMESPACE_WIDE("namespace-wide", SealedSecret.NAMESPACE_WIDE),

    /** Everywhere in the cluster. */
    CLUSTER_WIDE("cluster-wide", SealedSecret.CLUSTER_WIDE);

    private final String word;
    private final String annotation;

    Scope(String word, String annotation) {
        this.word = word;
        this.annotation = annotation;
    }

    /**
     * The scope that the annotations of a SealedSecret tell. Only the value {@code true} counts,
     * and cluster-wide wins where both are set.
     */
    public static Scope of(Map<String, String> annotations) {
        if ("true".equals(annotations.get(SealedSecret.CLUSTER_WIDE))) {
            return CLUSTER_WIDE;
        }
        return "true".equals(annotations.get(SealedSecret.NAMESPACE_WIDE))
                ? NAMESPACE_WIDE
                : STRICT;
    }

    /** The scope of that {@link #word()}. */
    public static Optional<Scope> ofWord(String word) {
        return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst();
    }

    /** The name that {@code kubeseal --scope} has for it. */
    public String word() {
        return word;
    }

    /** The annotations that tell this scope; none for {@link #STRICT}. */
    public Map<String, String> annotations() {
        return annotation.isEmpty() ? Map.of() : Map.of(annotation, "true");
    }

    /** What a value of this scope is bound to: the label of RSA-OAEP, in UTF-8. */
    public byte[] label(String namespace, String name) {
        String text =
                switch (this) {
                    case STRICT -> namespace + "/" + name;
                    case NAMESPACE_WIDE -> namespace;
                    case CLUSTER_WIDE -> "";
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
