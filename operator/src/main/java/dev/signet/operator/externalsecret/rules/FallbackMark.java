package dev.signet.operator.externalsecret.rules;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The annotation by which a target is known to hold values of a fallback: {@code litellm=
 * ClusterSecretStore/sealed}, with a comma between several ExternalSecrets that merge into one
 * target. It is there only as long as that is so.
 *
 * @param entries the fallbacks by the name of the ExternalSecret
 */
public record FallbackMark(SortedMap<String, String> entries) {

    /** The annotation's name. */
    public static final String ANNOTATION = "signet.dev/from-fallback";

    private static final String BETWEEN = ",";

    /** The mark that a target with these annotations has. */
    public static FallbackMark in(Map<String, String> annotations) {
        SortedMap<String, String> entries = new TreeMap<>();
        for (String entry : annotations.getOrDefault(ANNOTATION, "").split(BETWEEN, -1)) {
            String[] parts = entry.strip().split("=", 2);
            if (parts.length == 2 && !parts[0].isEmpty()) {
                entries.put(parts[0], parts[1]);
            }
        }
        return new FallbackMark(entries);
    }

    /**
     * Whether what this ExternalSecret has written there came from a fallback.
     *
     * @param whole whether the target is the ExternalSecret's alone
     */
    public boolean isOf(String externalSecret, boolean whole) {
        return whole ? !entries.isEmpty() : entries.containsKey(externalSecret);
    }

    /**
     * The target with the mark that it is to have. While it is marked it is not made immutable, or
     * the store's own values could never replace those of the fallback.
     *
     * @param actual the target as it is; null where there is none
     * @param whole whether the target is the ExternalSecret's alone
     * @param fallbacks where the values came from; empty for the stores themselves
     */
    public static DesiredTarget apply(
            DesiredTarget desired,
            @Nullable ActualTarget actual,
            String externalSecret,
            boolean whole,
            String fallbacks) {
        SortedMap<String, String> entries =
                actual == null || whole
                        ? new TreeMap<>()
                        : new TreeMap<>(in(actual.annotations()).entries());
        entries.remove(externalSecret);
        if (!fallbacks.isEmpty()) {
            entries.put(externalSecret, fallbacks);
        }
        SortedMap<String, String> annotations = new TreeMap<>(GoPrint.KEY_ORDER);
        annotations.putAll(desired.annotations());
        annotations.remove(ANNOTATION);
        if (!entries.isEmpty()) {
            annotations.put(
                    ANNOTATION,
                    entries.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(BETWEEN)));
        }
        boolean wasImmutable = actual != null && actual.immutable();
        return new DesiredTarget(
                desired.data(),
                desired.labels(),
                annotations,
                desired.type(),
                fallbacks.isEmpty() ? desired.immutable() : wasImmutable,
                desired.heldBack());
    }
}
