package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a part of a manifest has to look like, told by Go's types. What fits comes out as Go would
 * write it: known fields in their order, maps sorted, empty ones left out, numbers and booleans as
 * text where text is wanted.
 */
sealed interface Shape {

    /**
     * The part as it is written; empty where it is left out.
     *
     * @param place names it in errors
     */
    Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException;

    /** A field of an object. */
    record Field(String name, Shape shape) {}

    /** Text. */
    record Text() implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            String text = text(value, place);
            return text.isEmpty() ? Optional.empty() : Optional.of(TextNode.valueOf(text));
        }
    }

    /** Text that is written even where it is empty. */
    record TextAlways() implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            return Optional.of(TextNode.valueOf(text(value, place)));
        }
    }

    /** A whole number; zero is left out. */
    record Whole() implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            if (value.isNull()) {
                return Optional.empty();
            }
            if (!value.isIntegralNumber()) {
                throw mismatch(value, place, "int64");
            }
            return value.asLong() == 0 ? Optional.empty() : Optional.of(value);
        }
    }

    /** A boolean. */
    record Flag() implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            if (value.isNull()) {
                return Optional.empty();
            }
            if (!value.isBoolean()) {
                throw mismatch(value, place, "bool");
            }
            return Optional.of(value);
        }
    }

    /** Anything, as it is. */
    record Anything() implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) {
            return value.isNull() ? Optional.empty() : Optional.of(value);
        }
    }

    /**
     * Texts by key.
     *
     * @param always whether an empty one is written
     * @param nulls whether null is kept, and not made an empty text
     */
    record Texts(boolean always, boolean nulls) implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            if (!value.isNull() && !value.isObject()) {
                throw mismatch(value, place, nulls ? "map[string]*string" : "map[string]string");
            }
            Map<String, JsonNode> sorted = new TreeMap<>(GoText.BYTES);
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                boolean absent = nulls && entry.getValue().isNull();
                sorted.put(
                        entry.getKey(),
                        absent
                                ? NullNode.instance
                                : TextNode.valueOf(text(entry.getValue(), place)));
            }
            return sorted.isEmpty() && !always
                    ? Optional.empty()
                    : Optional.of(JsonNodeFactory.instance.objectNode().setAll(sorted));
        }
    }

    /** A list. */
    record Items(Shape shape) implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            if (!value.isNull() && !value.isArray()) {
                throw mismatch(
                        value, place, "[]" + (shape instanceof TextAlways ? "string" : "struct"));
            }
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : value) {
                items.add(shape.fit(item, place).orElse(JsonNodeFactory.instance.objectNode()));
            }
            return items.isEmpty() ? Optional.empty() : Optional.of(items);
        }
    }

    /**
     * An object.
     *
     * @param type its name in errors
     * @param fields in the order in which they are written; others are dropped
     * @param always whether an empty one is written
     */
    record Struct(String type, List<Field> fields, boolean always) implements Shape {
        @Override
        public Optional<JsonNode> fit(JsonNode value, String place) throws ManifestException {
            if (!value.isNull() && !value.isObject()) {
                throw mismatch(value, place, type);
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Field field : fields) {
                field.shape()
                        .fit(field(value, field.name()), place + "." + field.name())
                        .ifPresent(part -> object.set(field.name(), part));
            }
            return object.isEmpty() && !always ? Optional.empty() : Optional.of(object);
        }
    }

    /** A field by its name; Go takes another case where there is none of the right one. */
    static JsonNode field(JsonNode object, String name) {
        JsonNode exact = object.get(name);
        if (exact != null) {
            return exact;
        }
        return object.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .reduce((first, last) -> last)
                .orElse(NullNode.instance);
    }

    /** A scalar as text; null is empty. */
    static String text(JsonNode value, String place) throws ManifestException {
        if (value.isNull()) {
            return "";
        }
        if (value.isContainerNode()) {
            throw mismatch(value, place, "string");
        }
        return GoText.of(value);
    }

    /** Says what does not fit, and not a word of what stands there. */
    static ManifestException mismatch(JsonNode value, String place, String type) {
        String found =
                switch (value.getNodeType()) {
                    case ARRAY -> "array";
                    case OBJECT -> "object";
                    case BOOLEAN -> "bool";
                    case NUMBER -> "number";
                    default -> "string";
                };
        return new ManifestException(
                "json: cannot unmarshal %s into Go struct field %s of type %s"
                        .formatted(found, place, type));
    }
}
