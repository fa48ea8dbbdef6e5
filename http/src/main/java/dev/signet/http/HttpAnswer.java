package dev.signet.http;

import java.util.List;
import java.util.Optional;

/**
 * A complete answer, whatever its status.
 *
 * @param body its content; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers, and a copy would cost each.
public record HttpAnswer(int status, List<HttpField> fields, byte[] body) {

    public HttpAnswer {
        fields = List.copyOf(fields);
    }

    /** Whether the status is one of success. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The first value of a header field, whatever the case of its name. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(HttpField.first(fields, name));
    }

    /** The status alone, for the rest may hold secrets. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
