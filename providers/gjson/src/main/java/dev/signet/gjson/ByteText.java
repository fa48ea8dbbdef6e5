package dev.signet.gjson;

import java.nio.charset.StandardCharsets;

/** Byte texts, and the runes in them as Go's {@code unicode/utf8} sees them. */
final class ByteText {

    /** What Go decodes a malformed byte to. */
    static final int REPLACEMENT = 0xFFFD;

    private ByteText() {}

    /** The byte text of a string; a lone surrogate becomes {@link #REPLACEMENT}. */
    static String of(String text) {
        if (isAscii(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(rune -> append(out, rune));
        return out.toString();
    }

    static String of(byte[] utf8) {
        return new String(utf8, StandardCharsets.ISO_8859_1);
    }

    static String toUtf16(String text) {
        return isAscii(text)
                ? text
                : new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** The rune at {@code i}; {@link #REPLACEMENT} where the bytes are malformed. */
    static int rune(String text, int i) {
        int size = size(text, i);
        int first = text.charAt(i);
        return switch (size) {
            case 1 -> first < 0x80 ? first : REPLACEMENT;
            case 2 -> (first & 0x1F) << 6 | tail(text, i + 1);
            case 3 -> (first & 0x0F) << 12 | tail(text, i + 1) << 6 | tail(text, i + 2);
            default ->
                    (first & 0x07) << 18
                            | tail(text, i + 1) << 12
                            | tail(text, i + 2) << 6
                            | tail(text, i + 3);
        };
    }

    /** How many bytes the rune at {@code i} takes; a malformed byte stands alone. */
    static int size(String text, int i) {
        int first = text.charAt(i);
        if (first >= 0xC2 && first <= 0xDF) {
            return isTail(text, i + 1, 0x80, 0xBF) ? 2 : 1;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            int low = first == 0xE0 ? 0xA0 : 0x80;
            int high = first == 0xED ? 0x9F : 0xBF;
            return isTail(text, i + 1, low, high) && isTail(text, i + 2, 0x80, 0xBF) ? 3 : 1;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            int low = first == 0xF0 ? 0x90 : 0x80;
            int high = first == 0xF4 ? 0x8F : 0xBF;
            return isTail(text, i + 1, low, high)
                            && isTail(text, i + 2, 0x80, 0xBF)
                            && isTail(text, i + 3, 0x80, 0xBF)
                    ? 4
                    : 1;
        }
        return 1;
    }

    /** Appends the UTF-8 form of a code point; a surrogate becomes {@link #REPLACEMENT}. */
    static void append(StringBuilder out, int rune) {
        int r = rune >= 0xD800 && rune <= 0xDFFF ? REPLACEMENT : rune;
        if (r < 0x80) {
            out.append((char) r);
        } else if (r < 0x800) {
            out.append((char) (0xC0 | r >> 6)).append(tailOf(r));
        } else if (r < 0x10000) {
            out.append((char) (0xE0 | r >> 12)).append(tailOf(r >> 6)).append(tailOf(r));
        } else {
            out.append((char) (0xF0 | r >> 18))
                    .append(tailOf(r >> 12))
                    .append(tailOf(r >> 6))
                    .append(tailOf(r));
        }
    }

    private static char tailOf(int bits) {
        return (char) (0x80 | (bits & 0x3F));
    }

    private static int tail(String text, int i) {
        return text.charAt(i) & 0x3F;
    }

    private static boolean isTail(String text, int i, int low, int high) {
        return i < text.length() && text.charAt(i) >= low && text.charAt(i) <= high;
    }
}
