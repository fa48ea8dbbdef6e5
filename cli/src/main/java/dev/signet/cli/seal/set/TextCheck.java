package dev.signet.cli.seal.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import dev.signet.sealed.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads a text before and after one value of it was set, as other tools read it, and compares all
 * that it says.
 */
final class TextCheck {

    private TextCheck() {}

    /** Whether the edited text says what the former one does, and the value beside. */
    static boolean changesNothingElse(SealedText sealed, String edited, String key, String value)
            throws SetException {
        Manifests before = read(sealed.text());
        Manifests after = read(edited);
        List<ObjectNode> objects = new ArrayList<>();
        before.documents().forEach(document -> collect(document.tree(), objects));
        if (before.problems().size() != after.problems().size()
                || sealed.ordinal() >= objects.size()) {
            return false;
        }
        ObjectNode object = objects.get(sealed.ordinal());
        return isSame(sealed, object)
                && put(object, key, value)
                && trees(before).equals(trees(after))
                && isOnce(SealedText.find(edited, sealed.name()).node());
    }

    private static Manifests read(String text) {
        return ManifestReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> trees(Manifests manifests) {
        return manifests.documents().stream().map(Manifest::tree).toList();
    }

    /** Those that {@link SealedText} finds, in its order. */
    private static void collect(JsonNode tree, List<ObjectNode> objects) {
        String kind = tree.path("kind").asText("");
        if (tree instanceof ObjectNode object
                && kind.equals("SealedSecret")
                && tree.path("apiVersion").asText("").startsWith("bitnami.com/")) {
            objects.add(object);
        } else if (kind.endsWith("List") && tree.path("items") instanceof ArrayNode items) {
            items.forEach(item -> collect(item, objects));
        }
    }

    /** Whether it is bound to what was read of it by marks, which knows of no merged objects. */
    private static boolean isSame(SealedText sealed, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        Map<String, String> annotations = new HashMap<>();
        metadata.path("annotations")
                .properties()
                .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText("")));
        return agrees(metadata.path("name"), sealed.name())
                && agrees(metadata.path("namespace"), sealed.namespace())
                && Scope.of(annotations) == sealed.scope();
    }

    /** A word that is a number or boolean for others is no name to them, so nothing is lost. */
    private static boolean agrees(JsonNode value, String read) {
        if (value.isMissingNode() || value.isNull()) {
            return read.isEmpty();
        }
        return !value.isTextual() || value.asText().equals(read);
    }

    private static boolean put(ObjectNode object, String key, String value) {
        if (!(object.path("spec") instanceof ObjectNode spec)) {
            return false;
        }
        switch (spec.path(ItemEdit.ITEMS)) {
            case ObjectNode items -> items.put(key, value);
            case ArrayNode _ -> {
                return false;
            }
            default -> spec.putObject(ItemEdit.ITEMS).put(key, value);
        }
        return true;
    }

    /** Whether no name stands twice where was written: some readers take the first. */
    private static boolean isOnce(MappingNode object) {
        Set<String> names = new HashSet<>();
        for (NodeTuple field : object.getValue()) {
            if (field.getKeyNode() instanceof ScalarNode name && !names.add(name.getValue())) {
                return false;
            }
        }
        return List.of("spec", ItemEdit.ITEMS).stream()
                .flatMap(name -> SealedText.object(object, name).stream())
                .allMatch(TextCheck::isOnce);
    }
}
