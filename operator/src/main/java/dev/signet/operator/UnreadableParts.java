package dev.signet.operator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out of a list or an event what keeps it from being read: of an object that its class
 * cannot take, or that is nested too deeply or has too long names, all but its identity and status.
 * So an object that anybody may have made never hides the others. It is still seen itself, and has
 * no {@code spec}.
 */
final class UnreadableParts {

    private static final Logger log = LoggerFactory.getLogger(UnreadableParts.class);
    private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");
    private static final String STATUS = "status";

    /** Going through a text recurses nowhere and keeps nothing, so it needs no bounds. */
    private static final JsonFactory UNBOUNDED =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    // A table of names refuses those that were chosen to collide in it.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private final Trial trial;

    /** Reads a text; what it throws says that it cannot be read. */
    @FunctionalInterface
    interface Trial {
        void read(String text) throws IOException;
    }

    UnreadableParts(Trial trial) {
        this.trial = trial;
    }

    /** The event with an object that can be read. */
    String event(String event) throws IOException {
        SequencedMap<String, String> fields = fields(event);
        String object = fields.getOrDefault("object", "");
        if (object.startsWith("{")) {
            fields.put("object", readable(object, fields, "object", "%s"));
        }
        return object(fields);
    }

    /** The list with objects that can be read. */
    String list(String list) throws IOException {
        SequencedMap<String, String> fields = fields(list);
        String items = fields.getOrDefault("items", "");
        if (items.startsWith("[")) {
            StringJoiner all = new StringJoiner(",", "[", "]");
            for (String item : elements(items)) {
                all.add(readable(item, fields, "items", "[%s]"));
            }
            fields.put("items", all.toString());
        }
        return object(fields);
    }

    /** The object, or what of it can be read as the one thing that its list or event brings. */
    private String readable(String object, Map<String, String> around, String field, String as)
            throws IOException {
        SequencedMap<String, String> alone = new LinkedHashMap<>(around);
        alone.put(field, as.formatted(object));
        Optional<Throwable> problem = problem(alone);
        if (problem.isEmpty()) {
            return object;
        }
        SequencedMap<String, String> parts = fields(object);
        SequencedMap<String, String> metadata = fields(parts.getOrDefault("metadata", "{}"));
        // They name all fields of the object, as deep and as long as those are.
        metadata.remove("managedFields");
        log.atWarn()
                .addKeyValue("kind", parts.getOrDefault("kind", ""))
                .addKeyValue("namespace", metadata.getOrDefault("namespace", ""))
                .addKeyValue("name", metadata.getOrDefault("name", ""))
                // Without its message, which may quote the object.
                .addKeyValue("cause", problem.get().getClass().getSimpleName())
                .log("object cannot be read; it is taken to have no spec");
        parts.put("metadata", object(metadata));
        parts.keySet().removeIf(name -> !IDENTITY.contains(name) && !name.equals(STATUS));
        alone.put(field, as.formatted(object(parts)));
        if (problem(alone).isPresent()) {
            parts.remove(STATUS);
        }
        return object(parts);
    }

    private Optional<Throwable> problem(Map<String, String> fields) {
        try {
            trial.read(object(fields));
            return Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    /** The fields of an object with the texts of their values, in their order. */
    private static SequencedMap<String, String> fields(String object) throws IOException {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = UNBOUNDED.createParser(object)) {
            begin(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser, object));
            }
        }
        return fields;
    }

    private static List<String> elements(String array) throws IOException {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = UNBOUNDED.createParser(array)) {
            begin(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, array));
            }
        }
        return elements;
    }

    private static void begin(JsonParser parser, JsonToken expected) throws IOException {
        if (parser.nextToken() != expected) {
            throw new JsonParseException(parser, "there is no " + expected);
        }
    }

    private static String value(JsonParser parser, String text) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        // A text is gone through only when it is asked for.
        parser.finishToken();
        return text.substring(start, (int) parser.currentLocation().getCharOffset());
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String name) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
    }
}
