package dev.signet.cli.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds plaintext Secrets in YAML or JSON, at any depth: in documents of their own, in lists, in
 * the values of a chart. For one text.
 */
final class SecretFinder {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setCodePointLimit(Integer.MAX_VALUE)
                    // What is referred to often is visited once.
                    .setMaxAliasesForCollections(Integer.MAX_VALUE)
                    .build();
    private static final String GENERATOR = "secretGenerator";
    private static final String MERGE = "<<";
    private static final Pattern KIND = Pattern.compile("(?m)^[\\s-]*kind:\\s*[\"']?Secret\\b");

    private final boolean template;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<SecretAt> found = new ArrayList<>();
    private int line;
    private List<String> lines = List.of();

    private SecretFinder(boolean template) {
        this.template = template;
    }

    /**
     * The plaintext Secrets of a text.
     *
     * @param template whether the file is a template of Helm or alike
     */
    static List<SecretAt> find(String text, boolean template) {
        if (!isOfInterest(text)) {
            return List.of();
        }
        SecretFinder finder = new SecretFinder(template);
        for (Chunks.Chunk chunk : Chunks.of(text)) {
            if (!chunk.allowed() && isOfInterest(chunk.text())) {
                finder.look(chunk.text(), chunk.line());
            }
        }
        return finder.found;
    }

    private static boolean isOfInterest(String text) {
        return text.contains("Secret") || text.contains(GENERATOR);
    }

    private void look(String text, int firstLine) {
        line = firstLine;
        lines = text.lines().toList();
        int before = found.size();
        try {
            for (Node node : new Compose(SETTINGS).composeAllFromString(TemplateMask.of(text))) {
                visit(node);
            }
        } catch (YamlEngineException | StackOverflowError e) {
            found.subList(before, found.size()).clear();
            List<Integer> objects = objects();
            if (objects.size() > 1) {
                parts(lines, objects, firstLine);
                return;
            }
            found.addAll(
                    new LineReading(TemplateMask.expressions(text), firstLine, template).secrets());
        }
    }

    /** The lines at which objects in JSON begin that stand one behind the other. */
    private List<Integer> objects() {
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String each = lines.get(i);
            if (each.startsWith("{") && !each.startsWith("{{") && !each.startsWith("{%")) {
                begins.add(i);
            }
        }
        return begins;
    }

    private void parts(List<String> all, List<Integer> begins, int firstLine) {
        if (begins.getFirst() > 0) {
            look(String.join("\n", all.subList(0, begins.getFirst())), firstLine);
        }
        for (int i = 0; i < begins.size(); i++) {
            int end = i + 1 < begins.size() ? begins.get(i + 1) : all.size();
            look(String.join("\n", all.subList(begins.get(i), end)), firstLine + begins.get(i));
        }
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof MappingNode mapping) {
            inspect(mapping);
            for (NodeTuple field : mapping.getValue()) {
                visit(field.getValueNode());
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::visit);
        } else if (node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.LITERAL
                && KIND.matcher(scalar.getValue()).find()) {
            // A manifest as a text, which charts take and write out.
            SecretFinder within = new SecretFinder(template);
            within.look(scalar.getValue(), line + lineOf(scalar) + 1);
            found.addAll(within.found);
        }
    }

    private void inspect(MappingNode mapping) {
        String kind = text(mapping, "kind");
        if (kind.equals("SecretList")) {
            field(mapping, "items")
                    .ifPresent(items -> {
                        if (items instanceof SequenceNode sequence) {
                            sequence.getValue()
                                    .forEach(item -> {
                                        if (item instanceof MappingNode secret
                                                && text(secret, "kind").isEmpty()) {
                                            report(secret);
                                        }
                                    });
                        }
                    });
        }
        field(mapping, GENERATOR).ifPresent(this::generators);
        String version = text(mapping, "apiVersion");
        boolean core = version.isEmpty() || version.equals("v1") || TemplateMask.isMasked(version);
        if (kind.equals("Secret") && core) {
            report(mapping);
        }
    }

    /** Kustomize makes Secrets of what stands in its own file. */
    private void generators(Node generators) {
        if (!(generators instanceof SequenceNode sequence)) {
            return;
        }
        for (Node generator : sequence.getValue()) {
            if (generator instanceof MappingNode mapping
                    && field(mapping, "literals").orElse(null) instanceof SequenceNode literals) {
                List<ScalarNode> plain =
                        literals.getValue().stream()
                                .filter(ScalarNode.class::isInstance)
                                .map(ScalarNode.class::cast)
                                .filter(this::isPlainLiteral)
                                .toList();
                add(
                        text(mapping, "name"),
                        plain,
                        literal -> literal.substring(0, Math.max(0, literal.indexOf('='))));
            }
        }
    }

    private boolean isPlainLiteral(ScalarNode literal) {
        String text = literal.getValue();
        return text.contains("=")
                && Value.isPlaintext(
                        text.substring(text.indexOf('=') + 1),
                        hasExpressions(literal),
                        false,
                        template);
    }

    private void report(MappingNode secret) {
        List<ScalarNode> keys = new ArrayList<>();
        field(secret, "data").ifPresent(data -> plaintext(data, true, keys));
        field(secret, "stringData").ifPresent(data -> plaintext(data, false, keys));
        String name =
                field(secret, "metadata")
                        .filter(MappingNode.class::isInstance)
                        .map(metadata -> text((MappingNode) metadata, "name"))
                        .orElse("");
        add(name, keys, key -> key);
    }

    private void add(String name, List<ScalarNode> keys, UnaryOperator<String> key) {
        if (keys.isEmpty()) {
            return;
        }
        found.add(
                new SecretAt(
                        line + keys.stream().mapToInt(SecretFinder::lineOf).min().orElse(0) + 1,
                        TemplateMask.shown(name),
                        keys.stream()
                                .map(ScalarNode::getValue)
                                .map(key)
                                .map(TemplateMask::shown)
                                .distinct()
                                .toList()));
    }

    private void plaintext(Node data, boolean base64, List<ScalarNode> keys) {
        if (!(data instanceof MappingNode mapping)) {
            return;
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                continue;
            }
            Node value = entry.getValueNode();
            if (key.getValue().equals(MERGE)) {
                plaintext(value, base64, keys);
            } else if (value instanceof ScalarNode scalar
                    && !isForeign(scalar)
                    && !isNull(scalar)
                    && Value.isPlaintext(
                            scalar.getValue(), hasExpressions(scalar), base64, template)) {
                keys.add(key);
            }
        }
    }

    /** A line of an expression alone was taken out before. */
    private boolean hasExpressions(ScalarNode scalar) {
        int first = lineOf(scalar);
        int last = scalar.getEndMark().map(mark -> mark.getLine()).orElse(first);
        return TemplateMask.isMasked(scalar.getValue())
                || (last > first
                        && lines.subList(first, Math.min(last, lines.size())).stream()
                                .anyMatch(each -> each.contains("{{") || each.contains("{%")));
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.isPlain() && scalar.getValue().matches("|~|null|Null|NULL");
    }

    /**
     * A tag of one's own, such as Ansible's {@code !vault}, says that this is not the value yet.
     */
    private static boolean isForeign(ScalarNode scalar) {
        return scalar.getTag().getValue().startsWith("!");
    }

    private static String text(MappingNode mapping, String name) {
        return field(mapping, name)
                .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "")
                .orElse("");
    }

    private static Optional<Node> field(MappingNode mapping, String name) {
        return mapping.getValue().stream()
                .filter(field ->
                        field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine()).orElse(0);
    }
}
