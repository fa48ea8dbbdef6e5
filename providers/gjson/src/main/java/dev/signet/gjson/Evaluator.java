package dev.signet.gjson;

import java.util.Locale;

/** Takes a path in a text: modifiers, literals, multipaths and pipes; the rest is a search. */
final class Evaluator {

    private final Budget budget;

    Evaluator(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    Value get(String json, String path) {
        budget.enter();
        try {
            String text = json;
            String rest = path;
            while (true) {
                budget.scan(text.length() + rest.length());
                Head head = head(text, rest);
                rest = head.rest();
                if (head.made()) {
                    if (!separates(rest)) {
                        return head.value();
                    }
                    text = head.value().raw();
                    rest = rest.substring(1);
                    continue;
                }
                Search.Outcome outcome = Search.run(text, rest, this);
                if (outcome.pipe() == null) {
                    return outcome.value();
                }
                text = outcome.value().raw();
                rest = outcome.pipe();
            }
        } finally {
            budget.leave();
        }
    }

    /**
     * What the beginning of a path comes to.
     *
     * @param made whether it made a new text, {@code value}, in which {@code rest} is to be taken;
     *     otherwise {@code rest} is to be searched for in the old one
     */
    private record Head(boolean made, Value value, String rest) {}

    private Head head(String json, String path) {
        if (path.length() > 1) {
            switch (path.charAt(0)) {
                case '@' -> {
                    return modifier(json, path);
                }
                case '!' -> {
                    return literal(path);
                }
                case '{', '[' -> {
                    return multipath(json, path);
                }
                default -> {}
            }
        }
        return plain(path);
    }

    private static Head plain(String path) {
        return new Head(false, Value.NONE, path);
    }

    private static boolean separates(String rest) {
        return rest.startsWith(".") || rest.startsWith("|");
    }

    /** A text that was made: whole if a path is to be taken in it, else its value. */
    private static Head made(String text, String rest) {
        return new Head(
                true, separates(rest) ? Value.of(Type.JSON, text) : Value.parse(text), rest);
    }

    private Head modifier(String json, String path) {
        int end = 1;
        while (end < path.length() && ":|.".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        String name = path.substring(1, end);
        if (!Modifiers.isModifier(name)) {
            return plain(path);
        }
        String argument = "";
        String rest = path.substring(end);
        if (rest.startsWith(":")) {
            int from = end + 1;
            int to = argumentEnd(path, from);
            argument = path.substring(from, to);
            rest = path.substring(to);
        }
        String text = new Modifiers(this).apply(name, json, argument);
        return made(text, rest);
    }

    /** Where a modifier's argument ends: a JSON value, or anything up to a pipe. */
    private static int argumentEnd(String path, int from) {
        if (from < path.length() && "{[\"".indexOf(path.charAt(from)) >= 0) {
            return Scan.groupEnd(path, from);
        }
        int i = from;
        while (i < path.length() && path.charAt(i) != '|') {
            i = "{[\"(".indexOf(path.charAt(i)) >= 0 ? Scan.groupEnd(path, i) : i + 1;
        }
        return i;
    }

    private static Head literal(String path) {
        char first = path.charAt(1);
        if ("{[\"+-".indexOf(first) >= 0 || (first >= '0' && first <= '9')) {
            // Whatever the first byte is, it counts as an opening bracket, as in GJSON.
            int end = Math.min(Scan.containerEnd(path, 1), path.length());
            return made(path.substring(1, end), path.substring(end));
        }
        int end = 1;
        while (end < path.length() && "|.".indexOf(path.charAt(end)) < 0) {
            end++;
        }
        String name = path.substring(1, end);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "true", "false", "null", "nan", "inf" -> made(name, path.substring(end));
            default -> plain(path);
        };
    }

    private Head multipath(String json, String path) {
        Multipath multipath = Multipath.parse(path);
        if (multipath == null) {
            return plain("");
        }
        String rest = multipath.rest();
        if (!rest.isEmpty() && !separates(rest)) {
            return plain(rest);
        }
        return new Head(true, Value.json(multipath.build(json, this)), rest);
    }
}
