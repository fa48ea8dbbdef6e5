package dev.signet.operator.sealedsecret.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Reads and writes the one object of a request, as JSON or YAML, with all fields it has. */
final class Body {

    private static final int DEEPEST = 100;

    /** A body of the allowed size that is full of sealed values has half of it. */
    private static final int MOST_PARTS = 20_000;

    private static final int LONGEST_NUMBER = 1_000;

    /** All that YAML's numbers consist of. */
    private static final String NUMBER = "0123456789abcdefABCDEFxo+-._";

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Body() {}

    /**
     * The object.
     *
     * @throws BadObjectException where there is none, or more than one
     */
    static ObjectNode read(byte[] body) throws BadObjectException {
        String text = text(body);
        Optional<JsonNode> json =
                text.stripLeading().startsWith("{") ? json(text) : Optional.empty();
        // Documents of YAML may begin with a brace too.
        JsonNode read = json.isPresent() ? json.get() : yaml(text);
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw new BadObjectException("the body is not one object in JSON or YAML");
    }

    /** In JSON, in one line. */
    static String write(ObjectNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory cannot be written", e);
        }
    }

    private static String text(byte[] body) throws BadObjectException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new BadObjectException("the body is not a text in UTF-8");
        }
    }

    /** Empty where it is no JSON. */
    private static Optional<JsonNode> json(String text) throws BadObjectException {
        try (JsonParser parser = JSON.createParser(text)) {
            Bounds bounds = new Bounds();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                bounds.count(token.isStructStart(), token.isStructEnd());
            }
            return Optional.of(JSON.readTree(text));
        } catch (StreamConstraintsException e) {
            // Not tried as YAML, whose parser has no such bounds.
            throw new BadObjectException("the body has a name or a number that is too long");
        } catch (IOException e) {
            // Its message quotes the text.
            return Optional.empty();
        }
    }

    private static JsonNode yaml(String text) throws BadObjectException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setAllowRecursiveKeys(false)
                        .setAllowDuplicateKeys(false)
                        .setUseMarks(false)
                        .build();
        try {
            check(text, settings);
            return JSON.valueToTree(new Load(settings).loadFromString(text));
        } catch (RuntimeException e) {
            // Its message quotes the text.
            throw new BadObjectException("the body is not one object in JSON or YAML");
        }
    }

    /**
     * The parser of events keeps its state on the heap; what builds a tree of them recurses. And
     * what is named and repeated may grow beyond all bounds once it is written out.
     */
    private static void check(String text, LoadSettings settings) throws BadObjectException {
        Bounds bounds = new Bounds();
        for (Event event : new Parse(settings).parseString(text)) {
            Event.ID id = event.getEventId();
            bounds.count(
                    id == Event.ID.SequenceStart || id == Event.ID.MappingStart,
                    id == Event.ID.SequenceEnd || id == Event.ID.MappingEnd);
            if (id == Event.ID.Alias) {
                throw new BadObjectException("YAML with aliases is not read");
            }
            if (isTagged(event)) {
                // A tag makes a number of any text.
                throw new BadObjectException("YAML with tags is not read");
            }
            if (event instanceof ScalarEvent scalar && isLongNumber(scalar)) {
                throw new BadObjectException("the body has a number that is too long");
            }
        }
    }

    private static boolean isTagged(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag().isPresent();
            case CollectionStartEvent collection -> collection.getTag().isPresent();
            default -> false;
        };
    }

    /** To make one of millions of digits takes a processor for minutes. */
    private static boolean isLongNumber(ScalarEvent scalar) {
        return scalar.isPlain()
                && scalar.getValue().length() > LONGEST_NUMBER
                && scalar.getValue().chars().allMatch(c -> NUMBER.indexOf(c) >= 0);
    }

    /**
     * Counts what a tree would be made of before there is one, for it takes a hundred times the
     * room.
     */
    private static final class Bounds {

        private int parts;
        private int depth;

        void count(boolean begins, boolean ends) throws BadObjectException {
            depth += begins ? 1 : ends ? -1 : 0;
            parts++;
            if (depth > DEEPEST) {
                throw new BadObjectException("the body is nested too deeply");
            }
            if (parts > MOST_PARTS) {
                throw new BadObjectException(
                        "the body has more than %d names and values".formatted(MOST_PARTS));
            }
        }
    }
}
