package dev.signet.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, booleans, {@link JsonNumber} and null: a tree that keeps
 * how a number was written. Bounded, for whoever answers may be hostile.
 */
public final class Json {

    private static final int MAX_NUMBER = 1000;
    private static final int MAX_NAME = 50_000;

    private final JsonFactory factory;

    /**
     * A reader.
     *
     * @param maxDepth how deep values may nest
     * @param maxTokens how many tokens a text may have; each becomes an object in memory
     * @param maxString how many characters one string may have
     */
    public Json(int maxDepth, int maxTokens, int maxString) {
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(maxDepth)
                                        .maxTokenCount(maxTokens)
                                        .maxNumberLength(MAX_NUMBER)
                                        .maxStringLength(maxString)
                                        .maxNameLength(MAX_NAME)
                                        .build())
                        .build();
    }

    /**
     * Reads one JSON value.
     *
     * @throws TooMuchJsonException when it is more than this reader allows
     * @throws IOException when the bytes are not exactly that; the message may quote them and must
     *     not be shown
     */
    public @Nullable Object parse(byte[] text) throws IOException {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("empty");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more than one value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new TooMuchJsonException();
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
