package dev.signet.cli.manifest;

/**
 * One text in YAML, in the style that Go's emitter picks: bare where it reads back as it is, in
 * single quotes where it has an indicator, in double quotes where it would be read as something
 * else or does not print, and as a literal block where it has lines.
 */
final class YamlText {

    /** A line is folded at the first space behind this column. */
    private static final int WIDTH = 80;

    private static final int INDENT = 2;

    private final int[] text;
    private final YamlTextTraits traits;
    private final StringBuilder out = new StringBuilder();
    private final int indent;
    private final boolean folds;
    private int column;

    private YamlText(String text, int indent, int column, boolean folds) {
        this.text = text.codePoints().toArray();
        this.traits = YamlTextTraits.of(this.text);
        this.indent = indent;
        this.column = column;
        this.folds = folds;
    }

    /**
     * The text as it is written.
     *
     * @param indent of the lines below the first
     * @param column at which it begins
     * @param folds whether it may go on in another line
     * @param key whether it is the key of a value on the same line
     */
    static String write(String text, int indent, int column, boolean folds, boolean key) {
        YamlText writer = new YamlText(text, indent, column, folds && !key);
        writer.write(text, key);
        return writer.out.toString();
    }

    private void write(String whole, boolean key) {
        boolean lines = whole.indexOf('\n') >= 0;
        if (lines && traits.block() && !key) {
            literal();
        } else if (lines || !YamlScalars.plainIsText(whole)) {
            doubleQuoted();
        } else if (traits.plain()) {
            plain();
        } else if (traits.singleQuoted()) {
            singleQuoted();
        } else {
            doubleQuoted();
        }
    }

    private void plain() {
        boolean spaces = false;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == ' ') {
                if (foldsHere(spaces) && !spaceAt(at + 1)) {
                    fold();
                } else {
                    put(' ');
                }
                spaces = true;
            } else {
                put(text[at]);
                spaces = false;
            }
        }
    }

    private void singleQuoted() {
        put('\'');
        boolean spaces = false;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == ' ') {
                if (foldsHere(spaces) && inside(at) && !spaceAt(at + 1)) {
                    fold();
                } else {
                    put(' ');
                }
                spaces = true;
            } else {
                if (text[at] == '\'') {
                    put('\'');
                }
                put(text[at]);
                spaces = false;
            }
        }
        put('\'');
    }

    private void doubleQuoted() {
        put('"');
        boolean spaces = false;
        for (int at = 0; at < text.length; at++) {
            int c = text[at];
            if (!YamlTextTraits.printable(c)
                    || YamlTextTraits.lineBreak(c)
                    || c == '"'
                    || c == '\\') {
                escape(c);
                spaces = false;
            } else if (c == ' ') {
                if (foldsHere(spaces) && inside(at)) {
                    fold();
                    if (spaceAt(at + 1)) {
                        put('\\');
                    }
                } else {
                    put(' ');
                }
                spaces = true;
            } else {
                put(c);
                spaces = false;
            }
        }
        put('"');
    }

    private void literal() {
        put('|');
        if (text[0] == ' ' || YamlTextTraits.lineBreak(text[0])) {
            put('0' + INDENT);
        }
        int last = text.length - 1;
        if (!YamlTextTraits.lineBreak(text[last])) {
            put('-');
        } else if (last == 0 || YamlTextTraits.lineBreak(text[last - 1])) {
            put('+');
        }
        out.append('\n');
        boolean start = true;
        for (int c : text) {
            if (start && !YamlTextTraits.lineBreak(c)) {
                out.repeat(' ', indent);
            }
            out.appendCodePoint(c);
            start = YamlTextTraits.lineBreak(c);
        }
    }

    private void escape(int c) {
        put('\\');
        switch (c) {
            case 0x00 -> put('0');
            case 0x07 -> put('a');
            case 0x08 -> put('b');
            case 0x09 -> put('t');
            case 0x0a -> put('n');
            case 0x0b -> put('v');
            case 0x0c -> put('f');
            case 0x0d -> put('r');
            case 0x1b -> put('e');
            case '"', '\\' -> put(c);
            case 0x85 -> put('N');
            case 0xa0 -> put('_');
            case 0x2028 -> put('L');
            case 0x2029 -> put('P');
            default -> hex(c);
        }
    }

    private void hex(int c) {
        String code;
        if (c <= 0xff) {
            code = "x%02X".formatted(c);
        } else if (c <= 0xffff) {
            code = "u%04X".formatted(c);
        } else {
            code = "U%08X".formatted(c);
        }
        code.chars().forEach(this::put);
    }

    private boolean foldsHere(boolean spaces) {
        return folds && !spaces && column > WIDTH;
    }

    private boolean inside(int at) {
        return at > 0 && at < text.length - 1;
    }

    private boolean spaceAt(int at) {
        return at < text.length && text[at] == ' ';
    }

    private void fold() {
        out.append('\n').repeat(' ', indent);
        column = indent;
    }

    private void put(int c) {
        out.appendCodePoint(c);
        column++;
    }
}
