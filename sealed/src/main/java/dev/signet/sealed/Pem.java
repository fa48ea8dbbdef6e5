package dev.signet.sealed;

import java.util.Base64;

/** Writes PEM (RFC 7468). */
final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    /** One block, its lines ended by a line feed. */
    static String write(String type, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type);
    }
}
