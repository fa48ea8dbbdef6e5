package dev.signet.operator.externalsecret.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signet.gjson.GoJson;
import dev.signet.gjson.InvalidJsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects as Go programs hold and print them after {@code json.Unmarshal} into a {@code
 * map[string]any}: each number is a float64.
 */
final class GoObjects {

    private static final JsonMapper MAPPER = new JsonMapper();

    private GoObjects() {}

    /** The members; none for {@code null}; empty where the text is no JSON object. */
    static Optional<Map<String, @Nullable Object>> parse(String json) {
        try {
            // Normalised first, so that Go's rules decide what is valid and which member counts.
            JsonNode tree = MAPPER.readTree(GoJson.normalize(json));
            if (tree.isNull()) {
                return Optional.of(Map.of());
            }
            return tree.isObject() ? Optional.of(members(tree)) : Optional.empty();
        } catch (InvalidJsonException | JsonProcessingException | ArithmeticException invalid) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> members(JsonNode object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> members.put(member.getKey(), value(member.getValue())));
        return members;
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                node.forEach(element -> elements.add(value(element)));
                yield elements;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> finite(GoJson.parseNumber(node.asText()));
            default -> null;
        };
    }

    private static Double finite(double number) {
        if (Double.isInfinite(number)) {
            throw new ArithmeticException("beyond a float64");
        }
        return number;
    }

    /**
     * What becomes of a value that is put under a key of its own: a string as it is, a number
     * without exponent, nothing for null, other values as JSON.
     */
    static String plainText(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Double number -> GoJson.plainNumber(number);
            default -> GoJson.marshal(value);
        };
    }

    /** Go's JSON text with {@code SetEscapeHTML(false)}. */
    static String textWithoutHtmlEscapes(Map<String, @Nullable Object> members) {
        String text = GoJson.marshal(members);
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '\\') {
                plain.append(text.charAt(at++));
            } else if (text.startsWith("\\u003c", at)) {
                plain.append('<');
                at += 6;
            } else if (text.startsWith("\\u003e", at)) {
                plain.append('>');
                at += 6;
            } else if (text.startsWith("\\u0026", at)) {
                plain.append('&');
                at += 6;
            } else {
                plain.append(text, at, at + 2);
                at += 2;
            }
        }
        return plain.toString();
    }
}
