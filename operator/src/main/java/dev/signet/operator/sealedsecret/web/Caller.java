package dev.signet.operator.sealedsecret.web;

import com.sun.net.httpserver.Headers;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Who asks, as far as can be told.
 *
 * @param source the address that the connection comes from; of all who come by an API server, its
 * @param forwarded the last address of {@code X-Forwarded-For}: the API server appends it, so who
 *     comes that way cannot forge it. Who comes directly can, but not the source
 */
record Caller(String source, String forwarded) {

    /** An IPv6 address with a zone has no more. */
    private static final int LONGEST = 64;

    static Caller of(InetSocketAddress remote, Headers headers) {
        List<String> lines = headers.getOrDefault("X-Forwarded-For", List.of());
        String line = lines.isEmpty() ? "" : lines.getLast();
        String last = line.substring(line.lastIndexOf(',') + 1).strip();
        return new Caller(
                remote.getAddress() == null ? "" : remote.getAddress().getHostAddress(),
                last.length() <= LONGEST ? last : last.substring(0, LONGEST));
    }
}
