package dev.signet.system;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The fields of a provider's spec that name an object of the cluster, as its record has them. */
final class ReferenceFields {

    private final Set<String> paths = new TreeSet<>();

    private ReferenceFields() {}

    /** Paths such as {@code auth.jwt.secretRef}; an entry of a list is {@code []}. */
    static Set<String> of(Class<?> spec) {
        ReferenceFields fields = new ReferenceFields();
        fields.visit(spec, "");
        return fields.paths;
    }

    private void visit(Class<?> type, String path) {
        if (isReference(type)) {
            paths.add(path);
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String at = (path.isEmpty() ? "" : path + ".") + nameOf(component);
            if (component.getType().isRecord()) {
                visit(component.getType(), at);
            } else if (component.getGenericType() instanceof ParameterizedType list) {
                for (Type argument : list.getActualTypeArguments()) {
                    if (argument instanceof Class<?> element && element.isRecord()) {
                        visit(element, at + ".[]");
                    }
                }
            }
        }
    }

    /** An object is named by its name and, maybe, its namespace. */
    private static boolean isReference(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet())
                .containsAll(Set.of("name", "namespace"));
    }

    private static String nameOf(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }
}
