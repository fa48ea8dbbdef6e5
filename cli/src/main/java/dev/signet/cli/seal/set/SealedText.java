package dev.signet.cli.seal.set;

import dev.signet.sealed.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A SealedSecret in the text of a file, YAML or JSON.
 *
 * @param name of it; empty for none
 * @param namespace of it; empty for none
 * @param node where it stands in the text
 * @param ordinal how many SealedSecrets are before it
 */
record SealedText(
        String text, String name, String namespace, Scope scope, MappingNode node, int ordinal) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    /**
     * Finds it.
     *
     * @param wanted its name, or empty where there is only one
     * @throws SetException where there is none or more than one
     */
    static SealedText find(String text, String wanted) throws SetException {
        List<SealedText> all = new ArrayList<>();
        try {
            for (Node root : new Compose(SETTINGS).composeAllFromString(text)) {
                collect(text, root, all);
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new SetException(
                    "cannot be read as YAML or one object of JSON, see line " + line);
        } catch (YamlEngineException e) {
            throw new SetException("cannot be read as YAML or JSON");
        }
        List<String> names = all.stream().map(SealedText::name).toList();
        if (names.isEmpty()) {
            throw new SetException("holds no SealedSecret");
        }
        List<SealedText> chosen =
                all.stream()
                        .filter(each -> wanted.isEmpty() || each.name().equals(wanted))
                        .toList();
        if (chosen.isEmpty()) {
            throw new SetException(
                    "holds no SealedSecret %s, but %s".formatted(wanted, String.join(", ", names)));
        }
        if (chosen.size() > 1) {
            throw new SetException(
                    wanted.isEmpty()
                            ? "holds several SealedSecrets: choose one of %s with --name"
                                    .formatted(String.join(", ", names))
                            : "holds more than one SealedSecret %s".formatted(wanted));
        }
        return chosen.getFirst();
    }

    private static void collect(String text, Node node, List<SealedText> all) {
        if (!(node instanceof MappingNode object)) {
            return;
        }
        if (word(object, "kind").equals("SealedSecret")
                && word(object, "apiVersion").startsWith("bitnami.com/")) {
            Optional<MappingNode> metadata = object(object, "metadata");
            Map<String, String> annotations = new HashMap<>();
            metadata.flatMap(m -> object(m, "annotations"))
                    .ifPresent(map -> {
                        for (NodeTuple entry : map.getValue()) {
                            annotations.put(
                                    scalar(entry.getKeyNode()), scalar(entry.getValueNode()));
                        }
                    });
            all.add(
                    new SealedText(
                            text,
                            metadata.map(m -> word(m, "name")).orElse(""),
                            metadata.map(m -> word(m, "namespace")).orElse(""),
                            Scope.of(annotations),
                            object,
                            all.size()));
        } else if (word(object, "kind").endsWith("List")) {
            entry(object, "items")
                    .map(NodeTuple::getValueNode)
                    .filter(SequenceNode.class::isInstance)
                    .ifPresent(items ->
                            ((SequenceNode) items)
                                    .getValue()
                                    .forEach(item -> collect(text, item, all)));
        }
    }

    /**
     * Refuses a place that no controller will look for the values at: who writes an expression of a
     * template there means another.
     *
     * @throws SetException with the field
     */
    void confirmPlace() throws SetException {
        if (scope != Scope.CLUSTER_WIDE) {
            confirm("namespace", LABEL);
        }
        if (scope == Scope.STRICT) {
            confirm("name", SUBDOMAIN);
            if (name.isEmpty()) {
                throw new SetException("has no name in its SealedSecret");
            }
        }
    }

    private void confirm(String field, Pattern legal) throws SetException {
        Optional<Node> there =
                object(node, "metadata")
                        .flatMap(metadata -> entry(metadata, field))
                        .map(NodeTuple::getValueNode)
                        .filter(value -> !isNull(value));
        if (there.isPresent() && !legal.matcher(scalar(there.get())).matches()) {
            throw new SetException(
                    "has a SealedSecret whose %1$s is none, such as an expression of a template: a value is sealed for one place, so write the %1$s out"
                            .formatted(field));
        }
    }

    /** The field of an object with its name; the last one where there are two. */
    static Optional<NodeTuple> entry(MappingNode object, String name) {
        return object.getValue().stream()
                .filter(field -> scalar(field.getKeyNode()).equals(name))
                .reduce((first, second) -> second);
    }

    /** The object in a field. */
    static Optional<MappingNode> object(MappingNode object, String name) {
        return entry(object, name)
                .map(NodeTuple::getValueNode)
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast);
    }

    private static String word(MappingNode object, String name) {
        return entry(object, name).map(field -> scalar(field.getValueNode())).orElse("");
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : "";
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
