package dev.signet.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a document that does not parse, such as a template whose control flow cuts through its
 * structure, by its lines and their indentation. Finds what is laid out as people and tools lay out
 * Secrets.
 */
final class LineReading {

    private static final Pattern KIND =
            Pattern.compile("([\\s-]*)[\"']?kind[\"']?\\s*:\\s*[\"']?Secret[\"']?\\s*,?\\s*(#.*)?");
    private static final Pattern ENTRY =
            Pattern.compile(
                    "([\\s-]*)(?:\"([^\"]+)\"|'([^']+)'|([^\\s:#{}\\[\\]\"',]+))\\s*:(?:\\s+(.*)|)");

    private static final Pattern PAIR =
            Pattern.compile(
                    "(\"[^\"]*\"|'[^']*'|[^\\s:{},\"']+)\\s*:\\s*(\"[^\"]*\"|'[^']*'|[^,{}\"']+)");

    private final List<String> lines;
    private final int firstLine;
    private final boolean template;

    /**
     * @param masked as {@link TemplateMask#expressions} left it
     * @param firstLine of the document in its file, from 0
     */
    LineReading(String masked, int firstLine, boolean template) {
        this.lines = masked.lines().toList();
        this.firstLine = firstLine;
        this.template = template;
    }

    private record Entry(int indent, String key, String value) {}

    List<SecretAt> secrets() {
        List<SecretAt> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher kind = KIND.matcher(lines.get(i));
            if (kind.matches()) {
                secret(i, kind.end(1), found);
            }
        }
        return found;
    }

    private void secret(int at, int indent, List<SecretAt> found) {
        int start = at;
        while (start > 0 && belongs(start - 1, indent) && !beginsItem(start)) {
            start--;
        }
        String name = "";
        List<String> keys = new ArrayList<>();
        int first = 0;
        for (int i = start; i < lines.size() && (i <= at || belongs(i, indent)); i++) {
            Entry entry = entry(i);
            if (i > start && i > at && beginsItem(i) && indentOf(i) < indent) {
                break;
            }
            if (entry.indent() != indent) {
                continue;
            }
            switch (entry.key()) {
                case "metadata" -> name = name(i, indent);
                case "data", "stringData" -> {
                    int before = keys.size();
                    boolean base64 = entry.key().equals("data");
                    int line =
                            entry.value().startsWith("{")
                                    ? flow(i, entry.value(), base64, keys)
                                    : values(i, indent, base64, keys);
                    first = before == 0 ? line : first;
                }
                default -> {}
            }
        }
        if (!keys.isEmpty()) {
            found.add(new SecretAt(firstLine + first + 1, TemplateMask.shown(name), keys));
        }
    }

    private String name(int at, int indent) {
        for (int i = at + 1; i < lines.size() && isDeeper(i, indent); i++) {
            Entry entry = entry(i);
            if (entry.key().equals("name")) {
                return unquoted(entry.value());
            }
        }
        return "";
    }

    /** Adds the keys of plaintext values; returns the line of the first. */
    private int values(int at, int indent, boolean base64, List<String> keys) {
        int first = -1;
        int depth = -1;
        for (int i = at + 1; i < lines.size() && isDeeper(i, indent); i++) {
            Entry entry = entry(i);
            if (entry.key().isEmpty() || (depth >= 0 && entry.indent() != depth)) {
                continue;
            }
            depth = entry.indent();
            String value = entry.value();
            if (value.matches("[|>][-+0-9]*")) {
                value = block(i, depth);
            }
            if (Value.isPlaintext(
                    unquoted(value), TemplateMask.isMasked(value), base64, template)) {
                keys.add(TemplateMask.shown(entry.key()));
                first = first < 0 ? i : first;
            }
        }
        return first;
    }

    /** Adds the keys of plaintext values of a mapping in braces; returns its line. */
    private int flow(int at, String braces, boolean base64, List<String> keys) {
        Matcher pair = PAIR.matcher(braces);
        while (pair.find()) {
            String value = pair.group(2).strip();
            if (Value.isPlaintext(
                    unquoted(value), TemplateMask.isMasked(value), base64, template)) {
                keys.add(TemplateMask.shown(unquoted(pair.group(1))));
            }
        }
        return at;
    }

    private String block(int at, int depth) {
        StringBuilder block = new StringBuilder();
        for (int i = at + 1; i < lines.size() && isDeeper(i, depth); i++) {
            block.append(lines.get(i).strip()).append('\n');
        }
        return block.toString();
    }

    private boolean belongs(int line, int indent) {
        return TemplateMask.isBlank(lines.get(line)) || indentOf(line) >= indent;
    }

    private boolean isDeeper(int line, int indent) {
        return TemplateMask.isBlank(lines.get(line)) || indentOf(line) > indent;
    }

    private boolean beginsItem(int line) {
        return lines.get(line).strip().startsWith("- ");
    }

    /** The column of the content, past the dashes of a list. */
    private int indentOf(int line) {
        String text = lines.get(line);
        int at = 0;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || text.startsWith("- ", at))) {
            at++;
        }
        return at;
    }

    private Entry entry(int line) {
        Matcher entry = ENTRY.matcher(lines.get(line));
        if (!entry.matches()) {
            return new Entry(-1, "", "");
        }
        String key = entry.group(2);
        key = key == null ? entry.group(3) : key;
        key = key == null ? entry.group(4) : key;
        String value = entry.group(5);
        return new Entry(entry.end(1), key, value == null ? "" : value.strip());
    }

    private static String unquoted(String value) {
        String bare = value.replaceFirst("\\s+#.*$", "").replaceFirst(",$", "").strip();
        boolean quoted =
                bare.length() >= 2
                        && (bare.startsWith("\"") || bare.startsWith("'"))
                        && bare.charAt(0) == bare.charAt(bare.length() - 1);
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }
}
