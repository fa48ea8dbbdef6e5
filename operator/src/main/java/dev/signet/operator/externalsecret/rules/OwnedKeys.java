package dev.signet.operator.externalsecret.rules;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a Secret were last written by one field manager, so that those it no longer wants
 * can be removed and those of others stay.
 *
 * @param data keys in {@code data}
 * @param labels names of labels
 * @param annotations names of annotations
 */
public record OwnedKeys(Set<String> data, Set<String> labels, Set<String> annotations) {

    private static final String FIELD = "f:";

    /** Nothing is owned. */
    public static final OwnedKeys NONE = new OwnedKeys(Set.of(), Set.of(), Set.of());

    public OwnedKeys {
        data = Set.copyOf(data);
        labels = Set.copyOf(labels);
        annotations = Set.copyOf(annotations);
    }

    /**
     * Reads the entries of {@code metadata.managedFields} that belong to one manager.
     *
     * @param fieldsV1 the {@code fieldsV1} of each such entry, as JSON objects
     */
    public static OwnedKeys of(Collection<? extends Map<String, ?>> fieldsV1) {
        return new OwnedKeys(
                keys(fieldsV1, "f:data"),
                keys(fieldsV1, "f:metadata", "f:labels"),
                keys(fieldsV1, "f:metadata", "f:annotations"));
    }

    private static Set<String> keys(Collection<? extends Map<String, ?>> fieldsV1, String... path) {
        return fieldsV1.stream()
                .flatMap(fields -> at(fields, path).keySet().stream())
                .map(String::valueOf)
                .filter(key -> key.startsWith(FIELD))
                .map(key -> key.substring(FIELD.length()))
                .collect(Collectors.toSet());
    }

    private static Map<?, ?> at(Map<?, ?> fields, String... path) {
        Map<?, ?> at = fields;
        for (String step : path) {
            @Nullable Object next = at.get(step);
            at = next instanceof Map<?, ?> map ? map : Map.of();
        }
        return at;
    }
}
