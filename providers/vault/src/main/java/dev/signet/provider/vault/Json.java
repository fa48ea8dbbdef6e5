package dev.signet.provider.vault;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as trees of maps, lists, strings, booleans, {@link JsonNumber} and null. A tree of Jackson's
 * own would not keep how a number was written.
 */
final class Json {

    /** As deep as what prints and searches the trees again can go. */
    private static final int MAX_DEPTH = 400;

    /** A listing of 100,000 names; a secret has far fewer. Each becomes an object in memory. */
    private static final int MAX_TOKENS = 200_000;

    private static final int MAX_NUMBER = 1000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxTokenCount(MAX_TOKENS)
                                    .maxNumberLength(MAX_NUMBER)
                                    .maxStringLength(VaultConnection.MAX_ANSWER_BYTES)
                                    .maxNameLength(50_000)
                                    .build())
                    .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws IOException when the bytes are not exactly that; the message must not be shown
     */
    static @Nullable Object parse(byte[] text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("empty");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return value;
        }
    }

    /** The JSON object that the bytes are; null where they are something else. */
    static @Nullable JsonObject object(byte[] text) {
        try {
            return JsonObject.of(parse(text));
        } catch (IOException e) {
            return null;
        }
    }

    /** A map of strings, whole numbers and lists of strings as a JSON object. */
    static byte[] bytes(Map<?, ?> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                generator.writeFieldName(String.valueOf(field.getKey()));
                write(generator, field.getValue());
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case Long number -> generator.writeNumber(number);
            case List<?> items -> {
                generator.writeStartArray();
                for (Object item : items) {
                    generator.writeString(String.valueOf(item));
                }
                generator.writeEndArray();
            }
            case null, default -> generator.writeString(String.valueOf(value));
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("not JSON");
        };
    }

    private static Map<String, @Nullable Object> fields(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> items(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }
}
