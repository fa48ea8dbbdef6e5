package dev.signet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Adds to a generated schema what {@link Limits} say of the records that it was made from. */
final class SchemaRefiner {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaRefiner() {}

    /** Refines the schema of a record and of all that it holds. */
    static void refine(Class<?> type, JSONSchemaProps schema) {
        apply(type.getAnnotation(Limits.class), schema);
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = fieldOf(type, component);
            JSONSchemaProps property = schema.getProperties().get(component.getName());
            apply(field.getAnnotation(Limits.class), property);
            descend(field, property);
        }
        if (schema.getRequired() != null) {
            Collections.sort(schema.getRequired());
        }
    }

    private static void descend(Field field, JSONSchemaProps property) {
        SchemaFrom from = field.getAnnotation(SchemaFrom.class);
        Type generic = field.getGenericType();
        if (from != null && from.type().isRecord()) {
            refine(from.type(), property);
        } else if (field.getType().isRecord()) {
            refine(field.getType(), property);
        } else if (field.getType() == List.class
                && generic instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> item
                && item.isRecord()) {
            refine(item, property.getItems().getSchema());
        }
    }

    private static void apply(Limits limits, JSONSchemaProps schema) {
        if (limits == null) {
            return;
        }
        if (limits.values().length > 0) {
            schema.setEnum(
                    Arrays.stream(limits.values()).<JsonNode>map(TextNode::valueOf).toList());
        }
        if (!limits.format().isEmpty()) {
            schema.setFormat(limits.format());
        }
        applyCounts(limits, schema);
        applyToItems(limits, schema);
        if (limits.atomicList()) {
            schema.setXKubernetesListType("atomic");
        }
        if (limits.atomicMap()) {
            schema.setXKubernetesMapType("atomic");
        }
        if (limits.nullable()) {
            schema.setNullable(true);
        }
        if (limits.object()) {
            schema.setType("object");
        }
        applyDefault(limits, schema);
    }

    private static void applyCounts(Limits limits, JSONSchemaProps schema) {
        if (limits.minProperties() > 0) {
            schema.setMinProperties((long) limits.minProperties());
        }
        if (limits.maxProperties() > 0) {
            schema.setMaxProperties((long) limits.maxProperties());
        }
        if (limits.minItems() > 0) {
            schema.setMinItems((long) limits.minItems());
        }
    }

    private static void applyToItems(Limits limits, JSONSchemaProps schema) {
        if (limits.itemPattern().isEmpty()) {
            return;
        }
        JSONSchemaProps item = schema.getItems().getSchema();
        item.setPattern(limits.itemPattern());
        item.setMinLength((long) limits.itemMinLength());
        item.setMaxLength((long) limits.itemMaxLength());
    }

    private static void applyDefault(Limits limits, JSONSchemaProps schema) {
        if (limits.emptyDefault()) {
            schema.setDefault(TextNode.valueOf(""));
        }
        if (!limits.defaultJson().isEmpty()) {
            try {
                schema.setDefault(JSON.readTree(limits.defaultJson()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Field fieldOf(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
