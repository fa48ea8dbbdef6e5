package dev.signet.operator.sealedsecret.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What is answered.
 *
 * @param code of HTTP
 * @param headers without those of its length
 * @param body empty for none
 */
record Answer(int code, Map<String, String> headers, String body) {

    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";

    /** Names of codes as the API server has them. */
    private static final Map<Integer, String> REASONS =
            Map.of(
                    400, "BadRequest",
                    409, "Conflict",
                    413, "RequestEntityTooLarge",
                    500, "InternalError",
                    503, "ServiceUnavailable");

    /** Without a body. */
    static Answer empty(int code) {
        return new Answer(code, Map.of(), "");
    }

    /** A line of text. */
    static Answer text(int code, String line) {
        return of(code, "text/plain; charset=utf-8", line + "\n");
    }

    static Answer of(int code, String type, String body) {
        return new Answer(code, Map.of(TYPE, type), body);
    }

    /** An object in JSON. */
    static Answer json(String body) {
        return of(200, JSON, body);
    }

    /** A failure as the API server tells it, whose message kubeseal shows. */
    static Answer failure(int code, String message) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure")
                .put("message", message)
                .put("reason", REASONS.getOrDefault(code, ""))
                .put("code", code);
        return of(code, JSON, Body.write(status));
    }
}
