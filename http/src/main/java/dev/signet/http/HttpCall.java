package dev.signet.http;

import java.util.List;

/**
 * A request.
 *
 * @param method GET, POST, and so on
 * @param target path and query, percent-encoded, from the slash on
 * @param fields the header fields; Host, Content-Length and Connection are added
 * @param body what is sent; empty for a request without content
 * @param maxAnswer the most bytes that the answer's content may have
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares calls, and a copy would cost each.
public record HttpCall(
        String method, String target, List<HttpField> fields, byte[] body, int maxAnswer) {

    public HttpCall {
        fields = List.copyOf(fields);
    }

    /** What is asked; neither fields nor content, for they may hold secrets. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
