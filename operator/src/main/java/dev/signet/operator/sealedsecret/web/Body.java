package dev.signet.operator.sealedsecret.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/** Reads and writes the one object of a request, as JSON or YAML, with all fields it has. */
final class Body {

    private static final int DEEPEST = 100;

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

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
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
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                case Alias -> throw new BadObjectException("YAML with aliases is not read");
                default -> {
                    // Scalars and the like do not nest.
                }
            }
            if (depth > DEEPEST) {
                throw new BadObjectException("the body is nested too deeply");
            }
        }
    }
}
