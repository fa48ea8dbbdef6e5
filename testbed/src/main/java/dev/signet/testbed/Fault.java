package dev.signet.testbed;

import java.time.Duration;
import java.util.Map;

/** What a {@link FaultProxy} does to a request in the place of passing it on faithfully. */
public sealed interface Fault {

    /**
     * The server is not asked; the client gets this answer, and the connection stays.
     *
     * @param headers further headers; the length is added
     */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {}

    /** The request is passed on, but later. */
    record Late(Duration by) implements Fault {}

    /** The connection is closed and the server never sees the request. */
    record CutBefore() implements Fault {}

    /** The server does what it was asked to do, and the connection is closed without an answer. */
    record CutAfter() implements Fault {}

    /** The connection is closed after this many bytes of the body of the server's answer. */
    record CutInside(int bytes) implements Fault {}

    /** The server is not asked, and the connection stays open without an answer. */
    record Silence() implements Fault {}

    /** An answer as a Kubernetes API server words its refusals. */
    static Answer kubernetes(int status, String reason) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                """
                {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
                "message":"refused by the test","reason":"%s","code":%d}\
                """
                        .formatted(reason, status));
    }

    /** An answer in JSON. */
    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** An answer of a web server or load balancer that knows nothing of the API. */
    static Answer html(int status) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html"),
                "<!DOCTYPE html><html><body><h1>" + status + "</h1></body></html>");
    }
}
