package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param body the JSON body; a missing node where there was none
 */
public record ApiReply(int status, JsonNode body) {

    /** Whether the status is one of success. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The status alone: a body may hold a secret. */
    @Override
    public String toString() {
        return "ApiReply[status=" + status + "]";
    }
}
