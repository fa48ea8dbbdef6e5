package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A Ready condition.
 *
 * @param status {@code True}, {@code False}, or empty while there is none
 * @param since when it became so, in whole seconds; empty while there is none
 */
record Ready(String status, String reason, String message, String since) {

    static Ready of(JsonNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return new Ready(
                        condition.path("status").asText(),
                        condition.path("reason").asText(),
                        condition.path("message").asText(),
                        condition.path("lastTransitionTime").asText());
            }
        }
        return new Ready("", "", "", "");
    }

    boolean isTrue() {
        return status.equals("True");
    }

    boolean isFalse() {
        return status.equals("False");
    }
}
