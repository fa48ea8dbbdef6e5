package dev.signet.sealed;

import java.util.Base64;
import java.util.OptionalInt;

/**
 * Base64 as Go's standard encoding reads it: the alphabet of RFC 4648 with padding, line ends
 * passed over. Errors name the same offset as there, for users know these texts.
 */
final class Base64Text {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final boolean[] LEGAL = legal();

    private Base64Text() {}

    /**
     * The bytes.
     *
     * @throws SealedFormatException with the offset of the first byte that does not fit
     */
    static byte[] decode(String text) throws SealedFormatException {
        OptionalInt illegal = firstIllegal(text);
        if (illegal.isPresent()) {
            throw new SealedFormatException(
                    "illegal base64 data at input byte " + illegal.getAsInt());
        }
        boolean lines = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
        return Base64.getDecoder().decode(lines ? text.replaceAll("[\r\n]", "") : text);
    }

    private static OptionalInt firstIllegal(String text) {
        int length = text.length();
        int at = 0;
        int inQuantum = 0;
        while (true) {
            at = pastLineEnds(text, at);
            if (at == length) {
                return inQuantum == 0 ? OptionalInt.empty() : OptionalInt.of(at - inQuantum);
            }
            char c = text.charAt(at);
            if (c == '=') {
                return firstIllegalInPadding(text, at, inQuantum);
            }
            if (c >= LEGAL.length || !LEGAL[c]) {
                return OptionalInt.of(at);
            }
            at++;
            inQuantum = (inQuantum + 1) % 4;
        }
    }

    private static OptionalInt firstIllegalInPadding(String text, int first, int inQuantum) {
        int length = text.length();
        if (inQuantum < 2) {
            return OptionalInt.of(first);
        }
        int at = first + 1;
        if (inQuantum == 2) {
            at = pastLineEnds(text, at);
            if (at == length) {
                return OptionalInt.of(length);
            }
            if (text.charAt(at) != '=') {
                return OptionalInt.of(at - 1);
            }
            at++;
        }
        at = pastLineEnds(text, at);
        return at < length ? OptionalInt.of(at) : OptionalInt.empty();
    }

    private static int pastLineEnds(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        return at;
    }

    private static boolean[] legal() {
        boolean[] legal = new boolean[128];
        ALPHABET.chars().forEach(c -> legal[c] = true);
        return legal;
    }
}
