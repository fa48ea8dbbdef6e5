package dev.signet.operator.externalsecret.rules;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 as Go's {@code encoding/base64} decodes it: padding is required, line breaks are passed
 * over wherever they stand, and the unused bits of the last character may be anything.
 */
final class Base64Strict {

    private Base64Strict() {}

    static Optional<byte[]> standard(byte[] text) {
        return decode(text, Base64.getDecoder());
    }

    static Optional<byte[]> url(byte[] text) {
        return decode(text, Base64.getUrlDecoder());
    }

    private static Optional<byte[]> decode(byte[] text, Base64.Decoder decoder) {
        byte[] packed = withoutLineBreaks(text);
        if (packed.length % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(decoder.decode(packed));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] withoutLineBreaks(byte[] text) {
        byte[] packed = new byte[text.length];
        int length = 0;
        for (byte b : text) {
            if (b != '\r' && b != '\n') {
                packed[length++] = b;
            }
        }
        return Arrays.copyOf(packed, length);
    }
}
