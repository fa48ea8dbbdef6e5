package dev.signet.sealed;

import java.util.Base64;
import java.util.Optional;

/** Reads and writes PEM (RFC 7468). */
final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    /** One block, its lines ended by a line feed. */
    static String write(String type, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
    }

    /**
     * The first block of that type; what stands around it is passed over.
     *
     * @throws IllegalArgumentException where the block does not end, or is no base64
     */
    static Optional<byte[]> first(String type, String text) {
        String begin = "-----BEGIN %s-----".formatted(type);
        int start = text.indexOf(begin);
        if (start < 0) {
            return Optional.empty();
        }
        int body = start + begin.length();
        int end = text.indexOf("-----END %s-----".formatted(type), body);
        if (end < 0) {
            throw new IllegalArgumentException("the block has no end");
        }
        String base64 = text.substring(body, end).replaceAll("\\s", "");
        return Optional.of(Base64.getDecoder().decode(base64));
    }
}
