package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into a tree: words by {@link YamlScalars}, the last of equal keys wins.
 */
final class YamlReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String STRING_TAG = "tag:yaml.org,2002:str";
    private static final String BINARY_TAG = "tag:yaml.org,2002:binary";
    private static final String MERGE = "<<";

    /** More than any manifest has; an alias of an alias of an alias can ask for billions. */
    private static final int MOST_NODES = 1_000_000;

    private static final int MOST_LEVELS = 200;

    private final Iterator<Event> events;
    private final Map<Anchor, JsonNode> anchors = new HashMap<>();
    private int nodes;
    private int level;

    private YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * The tree; missing where the text holds none.
     *
     * @throws YamlEngineException where it is no YAML
     */
    static JsonNode read(String text) {
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        YamlReader reader = new YamlReader(new Parse(settings).parseString(text).iterator());
        while (reader.events.hasNext()) {
            Event event = reader.events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, Comment -> {}
                case StreamEnd, DocumentEnd -> {
                    return MissingNode.getInstance();
                }
                default -> {
                    return reader.node(event);
                }
            }
        }
        return MissingNode.getInstance();
    }

    private Event next() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.Comment) {
            event = events.next();
        }
        return event;
    }

    private JsonNode node(Event event) {
        if (++nodes > MOST_NODES) {
            throw new YamlEngineException("too many nodes");
        }
        return switch (event) {
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar));
            case SequenceStartEvent start -> sequence(start);
            case MappingStartEvent start -> mapping(start);
            case AliasEvent alias -> copied(alias);
            default -> throw new YamlEngineException("unexpected event");
        };
    }

    private JsonNode anchored(Optional<Anchor> anchor, JsonNode node) {
        anchor.ifPresent(name -> anchors.put(name, node));
        return node;
    }

    private JsonNode copied(AliasEvent alias) {
        JsonNode target = anchors.get(alias.getAlias());
        if (target == null) {
            throw new YamlEngineException("unknown anchor");
        }
        nodes += size(target);
        if (nodes > MOST_NODES) {
            throw new YamlEngineException("too many nodes");
        }
        return target.deepCopy();
    }

    private static int size(JsonNode node) {
        int size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }

    private static JsonNode scalar(ScalarEvent event) {
        String text = event.getValue();
        Optional<String> tag = event.getTag();
        if (tag.filter(BINARY_TAG::equals).isPresent()) {
            return TextNode.valueOf(binary(text));
        }
        if (event.isPlain() && (tag.isEmpty() || !isText(tag.get()))) {
            return YamlScalars.resolve(text);
        }
        return TextNode.valueOf(text);
    }

    private static boolean isText(String tag) {
        return tag.equals(STRING_TAG) || tag.equals("!");
    }

    /** The text behind {@code !!binary}; bytes that are none have no place in a tree of texts. */
    private static String binary(String base64) {
        String bare = base64.replaceAll("[\r\n]", "");
        try {
            if (bare.length() % 4 == 0) {
                byte[] bytes = Base64.getDecoder().decode(bare);
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Its message names a character of the value.
        }
        throw new YamlEngineException("binary that is no base64 of UTF-8");
    }

    private JsonNode sequence(SequenceStartEvent start) {
        ArrayNode array = NODES.arrayNode();
        deeper();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            array.add(node(event));
        }
        level--;
        return anchored(start.getAnchor(), array);
    }

    private JsonNode mapping(MappingStartEvent start) {
        ObjectNode object = NODES.objectNode();
        ObjectNode merged = NODES.objectNode();
        deeper();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            boolean merge =
                    event instanceof ScalarEvent key
                            && key.isPlain()
                            && key.getValue().equals(MERGE);
            String key = key(node(event));
            JsonNode value = node(next());
            if (merge) {
                merge(merged, value);
            } else {
                object.set(key, value);
            }
        }
        level--;
        merged.properties().stream()
                .filter(entry -> !object.has(entry.getKey()))
                .forEach(entry -> object.set(entry.getKey(), entry.getValue()));
        return anchored(start.getAnchor(), object);
    }

    private void deeper() {
        if (++level > MOST_LEVELS) {
            throw new YamlEngineException("too deep");
        }
    }

    private static void merge(ObjectNode merged, JsonNode value) {
        switch (value) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(entry -> merged.putIfAbsent(entry.getKey(), entry.getValue()));
            case ArrayNode array -> array.forEach(element -> merge(merged, element));
            default -> throw new YamlEngineException("nothing to merge");
        }
    }

    private static String key(JsonNode node) {
        if (node.isNull() || node.isContainerNode()) {
            throw new YamlEngineException("a key is no word");
        }
        return GoText.of(node);
    }
}
