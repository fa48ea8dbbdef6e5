package dev.signet.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a regular expression of a user's may grow to. Expressions come from people who do not know
 * one another, and an RE2 engine writes counted repeats out: a short text may take more memory, or
 * a deeper stack, than a process has. Ask here before an expression is compiled.
 */
public final class RegexpLimits {

    /** The longest expression, in UTF-16 units. */
    public static final int MAX_LENGTH = 1024;

    /** The deepest nesting of groups. */
    public static final int MAX_DEPTH = 100;

    /** The greatest product of counted repeats inside one another; that of Go's regexp package. */
    public static final int MAX_REPEAT = 1000;

    /** The most that an expression may hold once its counted repeats are written out. */
    public static final int MAX_SIZE = 5000;

    private final String text;
    private final Deque<Level> outer = new ArrayDeque<>();
    private Level level = new Level();
    private int at;

    private RegexpLimits(String text) {
        this.text = text;
    }

    /**
     * Why {@code expression}, in RE2 syntax, is too large to compile; empty where it is not. The
     * text does not quote it. Whether the syntax is right is not checked: one that RE2 refuses may
     * have no problem here.
     */
    public static Optional<String> problem(String expression) {
        return expression.length() > MAX_LENGTH
                ? Optional.of("it is longer than %d characters".formatted(MAX_LENGTH))
                : new RegexpLimits(expression).scan();
    }

    private Optional<String> scan() {
        while (at < text.length()) {
            step();
            if (outer.size() > MAX_DEPTH) {
                return Optional.of("its groups nest deeper than %d".formatted(MAX_DEPTH));
            }
            if (level.lastRepeat > MAX_REPEAT) {
                return Optional.of(
                        "its counted repeats multiply to more than %d".formatted(MAX_REPEAT));
            }
            if (level.size + level.lastSize > MAX_SIZE) {
                return Optional.of(
                        "it has more than %d elements with its counted repeats written out"
                                .formatted(MAX_SIZE));
            }
        }
        return Optional.empty();
    }

    private void step() {
        switch (text.charAt(at)) {
            case '\\' -> escape();
            case '[' -> charClass();
            case '(' -> open();
            case ')' -> close();
            case '{' -> repeat();
            case '*', '+', '?' -> {
                // It may be repeated again: it does not begin another element.
                level.lastSize++;
                at++;
            }
            default -> atom(at + 1);
        }
    }

    private void atom(int end) {
        level.add(1, 1);
        at = Math.min(end, text.length());
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at);
            int last = end < 0 ? text.length() : end;
            for (int i = at + 2; i < last; i++) {
                level.add(1, 1);
            }
            at = end < 0 ? last : end + 2;
            return;
        }
        atom(afterEscape(at));
    }

    /** The braces of \x{..} and \p{..} are no repeat. */
    private int afterEscape(int from) {
        char kind = from + 1 < text.length() ? text.charAt(from + 1) : 0;
        boolean named = kind == 'x' || kind == 'p' || kind == 'P';
        int end = named && text.startsWith("{", from + 2) ? text.indexOf('}', from) : -1;
        return end < 0 ? from + 2 : end + 1;
    }

    private void charClass() {
        int i = at + (text.startsWith("[^", at) ? 2 : 1);
        boolean first = true;
        while (i < text.length() && (first || text.charAt(i) != ']')) {
            first = false;
            int named = text.startsWith("[:", i) ? text.indexOf(":]", i + 2) : -1;
            if (named >= 0) {
                i = named + 2;
            } else {
                i = text.charAt(i) == '\\' ? afterEscape(i) : i + 1;
            }
        }
        atom(i + 1);
    }

    private void open() {
        if (text.startsWith("(?", at)) {
            int i = at + 2;
            while (i < text.length() && "imsU-".indexOf(text.charAt(i)) >= 0) {
                i++;
            }
            if (text.startsWith(")", i)) {
                // Flags alone: a repeat behind them is one of what stands before them.
                at = i + 1;
                return;
            }
        }
        outer.push(level);
        level = new Level();
        at++;
    }

    private void close() {
        at++;
        if (outer.isEmpty()) {
            return; // which RE2 refuses
        }
        Level inner = level;
        inner.add(0, 0);
        level = outer.pop();
        level.add(inner.repeat, inner.size + 2);
    }

    private void repeat() {
        int comma = digits(at + 1);
        int end = text.startsWith(",", comma) ? digits(comma + 1) : comma;
        if (comma == at + 1 || !text.startsWith("}", end)) {
            atom(at + 1);
            return;
        }
        int times = Math.max(number(at + 1, comma), number(comma + 1, end));
        level.lastRepeat *= times;
        level.lastSize *= times;
        at = end + 1;
    }

    private int digits(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    /** At least 1, and no more than tells that it is too many. */
    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = Math.min(10 * number + text.charAt(i) - '0', MAX_REPEAT + 1);
        }
        return Math.max(number, 1);
    }

    /** What stands beside one another in a group. All numbers stay far below their types' ends. */
    private static final class Level {

        private long repeat = 1;
        private long size;
        private long lastRepeat = 1;
        private long lastSize;

        /** Goes on to another element. */
        private void add(long newRepeat, long newSize) {
            repeat = Math.max(repeat, lastRepeat);
            size += lastSize;
            lastRepeat = newRepeat;
            lastSize = newSize;
        }
    }
}
