package dev.signet.cli.manifest;

/**
 * In which styles a text can be written outside of flow collections and read back as it is (YAML
 * 1.1 §5 and §9).
 */
record YamlTextTraits(boolean plain, boolean singleQuoted, boolean block) {

    private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

    static YamlTextTraits of(int[] text) {
        if (text.length == 0) {
            return new YamlTextTraits(true, true, false);
        }
        boolean indicators = startsDocument(text);
        boolean breaks = false;
        boolean special = false;
        boolean spaceThenBreak = false;
        for (int at = 0; at < text.length; at++) {
            int c = text[at];
            indicators |= indicator(text, at);
            special |= !printable(c);
            if (lineBreak(c)) {
                breaks = true;
                spaceThenBreak |= at > 0 && text[at - 1] == ' ';
            }
        }
        int last = text[text.length - 1];
        boolean edges = text[0] == ' ' || lineBreak(text[0]) || last == ' ' || lineBreak(last);
        boolean escapes = spaceThenBreak || special;
        return new YamlTextTraits(
                !edges && !breaks && !escapes && !indicators,
                !breaks && !escapes,
                last != ' ' && !escapes);
    }

    private static boolean startsDocument(int[] text) {
        return text.length >= 3
                && (text[0] == '-' || text[0] == '.')
                && text[0] == text[1]
                && text[1] == text[2];
    }

    private static boolean indicator(int[] text, int at) {
        int c = text[at];
        boolean beforeBlank = at + 1 >= text.length || blank(text[at + 1]);
        if (at == 0) {
            return FIRST_INDICATORS.indexOf(c) >= 0
                    || (beforeBlank && (c == '?' || c == ':' || c == '-'));
        }
        return (c == ':' && beforeBlank)
                || (c == '#' && (blank(text[at - 1]) || lineBreak(text[at - 1])));
    }

    private static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }

    static boolean lineBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Whether it may stand as it is; what needs more than three bytes of UTF-8 may not. */
    static boolean printable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7e)
                || (c >= 0xa0 && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
    }
}
