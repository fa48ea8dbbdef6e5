package dev.signet.provider.webhook;

import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request with all its placeholders filled in; equal ones are made once. */
record Request(String method, String target, List<HttpField> fields, String body) {

    Request {
        fields = List.copyOf(fields);
    }

    HttpCall call() {
        return new HttpCall(
                method,
                target,
                fields,
                body.getBytes(StandardCharsets.UTF_8),
                WebhookSecretClient.MAX_ANSWER);
    }

    /** Whether it may be made at another address of the same server. */
    boolean canBeRedirected() {
        return method.equals("GET") && body.isEmpty();
    }

    Request at(String newTarget) {
        return new Request(method, newTarget, fields, body);
    }

    /** The method alone, for the rest may hold credentials. */
    @Override
    public String toString() {
        return method;
    }
}
