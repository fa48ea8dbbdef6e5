package dev.signet.gjson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The {@code @pretty} modifier: one member a line, and arrays that fit a line on one line, if they
 * hold no objects.
 */
final class Pretty {

    private static final int NO_LIMIT = -1;

    private final String json;
    private final Budget budget;
    private final StringBuilder out = new StringBuilder();
    private boolean sortKeys;
    private String indent = "  ";
    private String prefix = "";
    private int width = 80;

    /** Where the next byte is read. */
    private int at;

    /** Where the last line break was written. */
    private int lineStart;

    private Pretty(String json, Budget budget) {
        this.json = json;
        this.budget = budget;
    }

    /** Formats as {@code argument}, a JSON object of options, says. */
    static String format(String json, String argument, Budget budget) {
        Pretty pretty = new Pretty(json, budget);
        for (Value.Member option : Value.parse(argument).members()) {
            Value value = option.value();
            switch (option.key().string()) {
                case "sortKeys" -> pretty.sortKeys = value.bool();
                case "indent" -> pretty.indent = blanks(value.string());
                case "prefix" -> pretty.prefix = blanks(value.string());
                case "width" -> pretty.width = value.integer();
                default -> {}
            }
        }
        pretty.out.append(pretty.prefix);
        pretty.value(new Layout(true, 0, NO_LIMIT));
        return pretty.out.isEmpty() ? "" : pretty.out.append('\n').toString();
    }

    private static String blanks(String text) {
        return text.replaceAll("[^ \t\n\r]", "");
    }

    /**
     * @param lines whether members go to lines of their own
     * @param limit how many bytes a one-line array may take, or {@link #NO_LIMIT}
     */
    private record Layout(boolean lines, int depth, int limit) {

        Layout deeper() {
            return new Layout(lines, depth + 1, limit);
        }
    }

    /** Copies the next value; false if it cannot be put on one line as was asked. */
    private boolean value(Layout layout) {
        for (; at < json.length(); at++) {
            char c = json.charAt(at);
            switch (c) {
                case '"' -> {
                    string();
                    return true;
                }
                case '{', '[' -> {
                    budget.enter();
                    boolean fits = container(c, layout);
                    budget.leave();
                    return fits;
                }
                case 't' -> {
                    return word("true");
                }
                case 'f' -> {
                    return word("false");
                }
                default -> {
                    if (isNumber(c)) {
                        number();
                        return true;
                    }
                    if (c == 'n') {
                        return word("null");
                    }
                }
            }
        }
        return true;
    }

    private boolean isNumber(char c) {
        boolean nan = c == 'n' && at + 1 < json.length() && json.charAt(at + 1) != 'u';
        return nan || Scan.startsNumber(c);
    }

    private boolean word(String word) {
        out.append(word);
        at += word.length();
        return true;
    }

    private void string() {
        int end = Scan.groupEnd(json, at);
        out.append(json, at, end);
        at = end;
    }

    private void number() {
        int from = at;
        for (at++; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c <= ' ' || ",:]}".indexOf(c) >= 0) {
                break;
            }
        }
        out.append(json, from, at);
    }

    private boolean container(char open, Layout layout) {
        if (width > 0) {
            if (layout.lines() && open == '[' && layout.limit() == NO_LIMIT) {
                if (oneLine()) {
                    return true;
                }
            } else if (layout.limit() != NO_LIMIT && open == '{') {
                return false;
            }
        }
        return members(open, layout);
    }

    private boolean oneLine() {
        int limit = (int) Math.min(Integer.MAX_VALUE, (long) width - (out.length() - lineStart));
        if (limit <= 3) {
            return false;
        }
        int written = out.length();
        int from = at;
        int line = lineStart;
        boolean fits = members('[', new Layout(false, 0, limit));
        lineStart = line;
        if (fits && out.length() - written <= limit) {
            return true;
        }
        out.setLength(written);
        budget.scan(Math.max(at - from, 0));
        at = from;
        return false;
    }

    private boolean members(char open, Layout layout) {
        char close = open == '{' ? '}' : ']';
        boolean object = open == '{';
        List<Pair> pairs = new ArrayList<>();
        boolean sort = object && sortKeys && layout.lines();
        out.append(open);
        int count = 0;
        at++;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c <= ' ' || (object && c != '"' && c != close)) {
                at++;
                continue;
            }
            if (c == close) {
                if (layout.lines()) {
                    endLines(pairs, count, open, layout.depth());
                }
                out.append(close);
                at++;
                return !object;
            }
            if (count > 0) {
                out.append(',');
                if (width != -1 && !object) {
                    out.append(' ');
                }
            }
            int from = at;
            if (layout.lines()) {
                breakLine();
            }
            int start = out.length();
            if (layout.lines()) {
                tabs(layout.depth() + 1);
            }
            int keyEnd = at;
            if (object) {
                string();
                keyEnd = at;
                out.append(layout.lines() ? ": " : ":");
            }
            boolean fits = value(layout.deeper());
            if (layout.limit() != NO_LIMIT && !fits) {
                return false;
            }
            if (sort) {
                pairs.add(new Pair(json.substring(from, keyEnd), out.substring(start)));
            }
            budget.reserve(1);
            count++;
        }
        return !object;
    }

    private void endLines(List<Pair> pairs, int count, char open, int depth) {
        sort(pairs);
        if (count > 0) {
            breakLine();
        }
        if (out.charAt(out.length() - 1) != open) {
            tabs(depth);
        }
    }

    private void breakLine() {
        lineStart = out.length();
        if (out.charAt(lineStart - 1) == ' ') {
            out.setCharAt(lineStart - 1, '\n');
        } else {
            out.append('\n');
        }
    }

    private void tabs(int depth) {
        budget.reserve(prefix.length() + indent.length() * depth);
        out.append(prefix).repeat(indent, depth);
    }

    /** Writes the members of the object just copied again, in order. */
    private void sort(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        int size = pairs.size() - 1;
        for (Pair pair : pairs) {
            size += pair.written().length();
        }
        List<Pair> sorted = new ArrayList<>(pairs);
        sorted.sort(Pair.ORDER);
        if (sorted.equals(pairs)) {
            return;
        }
        // Between two members stand a comma and a line break.
        out.setLength(out.length() - size - pairs.size() + 1);
        out.append(String.join(",\n", sorted.stream().map(Pair::written).toList()));
    }

    /**
     * @param key as it stands in the JSON, with its quotes
     * @param written the lines written for the member
     */
    private record Pair(String key, String written) {

        static final Comparator<Pair> ORDER =
                Comparator.<Pair, String>comparing(pair -> GoJsonReader.leniently(pair.key))
                        .thenComparing(Pair::value, Pair::compareValues);

        private String value() {
            String line = Scan.trim(written);
            return line.length() > key.length()
                    ? Scan.trim(line.substring(key.length() + 1))
                    : line;
        }

        private static int compareValues(String a, String b) {
            int order = Integer.compare(rank(a), rank(b));
            if (order != 0) {
                return order;
            }
            return switch (rank(a)) {
                case 2 -> Double.compare(GoNumbers.parse(a) + 0.0, GoNumbers.parse(b) + 0.0);
                case 3 -> GoJsonReader.leniently(a).compareTo(GoJsonReader.leniently(b));
                default -> a.compareTo(b);
            };
        }

        private static int rank(String json) {
            return switch (json.isEmpty() ? 'n' : json.charAt(0)) {
                case 'n' -> 0;
                case 'f' -> 1;
                case '"' -> 3;
                case 't' -> 4;
                case '[', '{' -> 5;
                default -> 2;
            };
        }
    }
}
