package dev.signet.gjson;

/** The escapes of JSON strings, read as leniently and written as cautiously as Go does. */
final class Escapes {

    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    /** The content of a string; ends at the first thing that is not allowed in one. */
    static String unescape(String inner) {
        StringBuilder out = new StringBuilder(inner.length());
        int i = 0;
        while (i < inner.length()) {
            char c = inner.charAt(i);
            if (c < ' ') {
                break;
            }
            if (c != '\\') {
                out.append(c);
                i++;
                continue;
            }
            if (i + 1 == inner.length()) {
                break;
            }
            char kind = inner.charAt(i + 1);
            if (kind == 'u') {
                int next = unicode(inner, i, out);
                if (next < 0) {
                    break;
                }
                i = next;
                continue;
            }
            int plain = "\"\\/bfnrt".indexOf(kind);
            if (plain < 0) {
                break;
            }
            out.append("\"\\/\b\f\n\r\t".charAt(plain));
            i += 2;
        }
        return out.toString();
    }

    /** Reads {@code \\uXXXX}, and the low surrogate that follows a high one; -1 if cut short. */
    private static int unicode(String inner, int i, StringBuilder out) {
        if (i + 6 > inner.length()) {
            return -1;
        }
        int rune = hex(inner, i + 2);
        int next = i + 6;
        if (rune >= 0xD800
                && rune < 0xDC00
                && next + 6 <= inner.length()
                && inner.startsWith("\\u", next)) {
            int low = hex(inner, next + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                rune = Character.toCodePoint((char) rune, (char) low);
                next += 6;
            }
        }
        ByteText.append(out, rune);
        return next;
    }

    /** Four hexadecimal digits; 0 where they are none. */
    private static int hex(String text, int i) {
        int n = 0;
        for (int at = i; at < i + 4; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0) {
                return 0;
            }
            n = n << 4 | digit;
        }
        return n;
    }

    /**
     * Appends the text as a JSON string that is safe inside HTML and JavaScript. A malformed byte
     * becomes U+FFFD: as its bytes or as its escape, for Go's two libraries differ there.
     */
    static void quote(StringBuilder out, String text, String replacement) {
        out.append('"');
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < 0x80) {
                quoteAscii(out, c);
                i++;
                continue;
            }
            int size = ByteText.size(text, i);
            int rune = ByteText.rune(text, i);
            if (size == 1) {
                out.append(replacement);
            } else if (rune == 0x2028 || rune == 0x2029) {
                out.append("\\u202").append(HEX.charAt(rune & 0xF));
            } else {
                out.append(text, i, i + size);
            }
            i += size;
        }
        out.append('"');
    }

    private static void quoteAscii(StringBuilder out, char c) {
        int plain = "\"\\\b\f\n\r\t".indexOf(c);
        if (plain >= 0) {
            out.append('\\').append("\"\\bfnrt".charAt(plain));
        } else if (c < ' ' || c == '<' || c == '>' || c == '&') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
        } else {
            out.append(c);
        }
    }
}
