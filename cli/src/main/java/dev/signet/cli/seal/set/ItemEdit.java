package dev.signet.cli.seal.set;

import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Puts one sealed value into the text of a SealedSecret. All other characters stay as they are:
 * comments, order, quotes, indentation and line ends.
 */
final class ItemEdit {

    static final String ITEMS = "encryptedData";

    private final SealedText sealed;
    private final String text;

    private ItemEdit(SealedText sealed) {
        this.sealed = sealed;
        this.text = sealed.text();
    }

    /**
     * The text with the value.
     *
     * @param key legal in a Secret
     * @param value in base64
     * @throws SetException where the text is written in a way that is not understood
     */
    static String put(SealedText sealed, String key, String value) throws SetException {
        String edited = new ItemEdit(sealed).put(key, value);
        if (!TextCheck.changesNothingElse(sealed, edited, key, value)) {
            throw new SetException(
                    "is written in a way in which %s cannot be changed; seal it with --merge-into"
                            .formatted(key));
        }
        return edited;
    }

    /** The sealed value of a key; empty for none. */
    static String item(SealedText sealed, String key) {
        return SealedText.object(sealed.node(), "spec")
                .flatMap(spec -> SealedText.object(spec, ITEMS))
                .flatMap(items -> SealedText.entry(items, key))
                .map(entry ->
                        entry.getValueNode() instanceof ScalarNode scalar ? scalar.getValue() : "")
                .orElse("");
    }

    private String put(String key, String value) throws SetException {
        MappingNode spec =
                SealedText.object(sealed.node(), "spec")
                        .orElseThrow(() -> new SetException("has no spec in its SealedSecret"));
        Optional<NodeTuple> items = SealedText.entry(spec, ITEMS);
        if (spec.getValue().isEmpty()) {
            return text.substring(0, start(spec))
                    + "{%s: {%s: %s}}".formatted(quoted(ITEMS), quoted(key), quoted(value))
                    + text.substring(end(spec));
        }
        if (items.isEmpty()) {
            return isFlow(spec)
                    ? append(spec, quoted(ITEMS) + ": {" + quoted(key) + ": " + quoted(value) + "}")
                    : append(
                            spec,
                            ITEMS
                                    + ":"
                                    + lineEnd()
                                    + " ".repeat(column(spec) + 2)
                                    + name(key)
                                    + ": "
                                    + value);
        }
        Node node = items.get().getValueNode();
        guard(items.get());
        if (!(node instanceof MappingNode map)) {
            return fill(spec, items.get(), key, value);
        }
        Optional<NodeTuple> there = SealedText.entry(map, key);
        if (there.isPresent()) {
            return replace(there.get(), value);
        }
        if (map.getValue().isEmpty()) {
            return fill(spec, items.get(), key, value);
        }
        return append(
                map, isFlow(map) ? quoted(key) + ": " + quoted(value) : name(key) + ": " + value);
    }

    /** Replaces an empty object. */
    private String fill(MappingNode spec, NodeTuple items, String key, String value) {
        Node empty = items.getValueNode();
        String before = text.substring(0, start(empty)).stripTrailing();
        String after = text.substring(end(empty));
        if (!isFlow(spec)) {
            int indent = mark(items.getKeyNode().getStartMark()).getColumn() + 2;
            return before + lineEnd() + " ".repeat(indent) + name(key) + ": " + value + after;
        }
        boolean lines = line(items.getKeyNode()) > line(spec) && beginsLine(items.getKeyNode());
        int column = mark(items.getKeyNode().getStartMark()).getColumn();
        String inside = quoted(key) + ": " + quoted(value);
        String object =
                lines
                        ? "{"
                                + lineEnd()
                                + indent(items.getKeyNode())
                                + " ".repeat(Math.max(1, column - indent(spec).length()))
                                + inside
                                + lineEnd()
                                + indent(items.getKeyNode())
                                + "}"
                        : "{" + inside + "}";
        return before + " " + object + after;
    }

    private String replace(NodeTuple entry, String value) throws SetException {
        guard(entry);
        Node old = entry.getValueNode();
        String before = text.substring(0, start(old));
        String after = text.substring(end(old));
        ScalarStyle style =
                old instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
        String written =
                switch (style) {
                    case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> quoted(value);
                    case SINGLE_QUOTED -> "'" + value + "'";
                    case LITERAL, FOLDED -> value + (after.isEmpty() ? "" : lineEnd());
                    case PLAIN -> value;
                };
        if (start(old) == end(old)) {
            written = " " + written;
        }
        return before + written + after;
    }

    /** Adds an entry behind the last one, written alike. */
    private String append(MappingNode map, String entry) throws SetException {
        NodeTuple last = map.getValue().getLast();
        guard(last);
        int at = deepEnd(last.getValueNode());
        if (isFlow(map)) {
            boolean lines = line(last.getKeyNode()) > line(map);
            String gap = lines ? "," + lineEnd() + indent(last.getKeyNode()) : ", ";
            return text.substring(0, at) + gap + entry + text.substring(at);
        }
        String line = " ".repeat(column(map)) + entry;
        if (at > 0 && text.charAt(at - 1) == '\n') {
            return text.substring(0, at) + line + lineEnd() + text.substring(at);
        }
        int end = text.indexOf('\n', at);
        if (end < 0) {
            return text + lineEnd() + line;
        }
        int next = end + 1;
        return text.substring(0, next) + line + lineEnd() + text.substring(next);
    }

    /** A value that stands elsewhere, or that others refer to, is not for this object alone. */
    private void guard(NodeTuple entry) throws SetException {
        Node value = entry.getValueNode();
        if (value.getAnchor().isPresent() || start(value) < end(entry.getKeyNode())) {
            throw new SetException("uses anchors of YAML; write the value out first");
        }
    }

    private boolean isFlow(MappingNode map) {
        return map.getFlowStyle() == FlowStyle.FLOW;
    }

    private int column(MappingNode map) {
        return mark(map.getValue().getFirst().getKeyNode().getStartMark()).getColumn();
    }

    /** The blanks that the line of a node begins with. */
    private String indent(Node node) {
        int line = text.lastIndexOf('\n', start(node) - 1) + 1;
        int at = line;
        while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
            at++;
        }
        return text.substring(line, at);
    }

    private boolean beginsLine(Node node) {
        return indent(node).length() == mark(node.getStartMark()).getColumn();
    }

    private String lineEnd() {
        int first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    }

    /** Where the last of what is in a node ends; a block itself ends only where the next begins. */
    private int deepEnd(Node node) {
        if (node instanceof MappingNode map && !isFlow(map) && !map.getValue().isEmpty()) {
            return deepEnd(map.getValue().getLast().getValueNode());
        }
        if (node instanceof org.snakeyaml.engine.v2.nodes.SequenceNode list
                && list.getFlowStyle() != FlowStyle.FLOW
                && !list.getValue().isEmpty()) {
            return deepEnd(list.getValue().getLast());
        }
        return end(node);
    }

    private int line(Node node) {
        return mark(node.getStartMark()).getLine();
    }

    private int start(Node node) {
        return index(mark(node.getStartMark()));
    }

    private int end(Node node) {
        return index(mark(node.getEndMark()));
    }

    // The parser counts code points.
    private int index(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("read without marks"));
    }

    private static String quoted(String plain) {
        return "\"" + plain + "\"";
    }

    /** A key that YAML would take for something else than a word is quoted. */
    private static String name(String key) {
        boolean word =
                key.matches("[A-Za-z_][-._A-Za-z0-9]*")
                        && !key.matches("(?i)y|n|yes|no|on|off|true|false|null");
        return word ? key : quoted(key);
    }
}
