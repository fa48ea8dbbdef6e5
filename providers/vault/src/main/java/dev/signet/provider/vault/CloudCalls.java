package dev.signet.provider.vault;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import dev.signet.provider.ProviderCalls;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The calls to a cloud that come before a login to Vault. They are rare, so that each has a
 * connection of its own; over TLS, the JVM's trust store decides.
 */
final class CloudCalls {

    static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final byte[] NOTHING = new byte[0];

    /**
     * A service of a cloud.
     *
     * @param label in metrics
     * @param shown in messages
     */
    record Service(String label, String shown) {}

    private final ProviderCalls sink;

    CloudCalls(ProviderCalls sink) {
        this.sink = sink;
    }

    /** Asks {@code target} of a service at {@code at}. */
    HttpAnswer get(
            Service service, String operation, URI at, String target, Map<String, String> headers)
            throws LoginException, InterruptedException {
        return send(service, operation, at, "GET", target, headers, NOTHING);
    }

    /** Posts a body. */
    HttpAnswer post(
            Service service,
            String operation,
            URI at,
            String target,
            Map<String, String> headers,
            byte[] body)
            throws LoginException, InterruptedException {
        return send(service, operation, at, "POST", target, headers, body);
    }

    /** Fields as a form. */
    static byte[] form(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))
                        .getBytes(StandardCharsets.UTF_8);
    }

    /** A text within a URL, where a blank is {@code %20}. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpAnswer send(
            Service service,
            String operation,
            URI at,
            String method,
            String target,
            Map<String, String> headers,
            byte[] body)
            throws LoginException, InterruptedException {
        boolean served = false;
        try (Origin origin = new Origin(at, settings())) {
            List<HttpField> fields = new ArrayList<>();
            headers.forEach((name, value) -> fields.add(new HttpField(name, value)));
            HttpAnswer answer =
                    origin.send(new HttpCall(method, target, fields, body, MAX_ANSWER_BYTES));
            served = answer.ok();
            return answer;
        } catch (IOException e) {
            throw LoginException.unavailable(
                    "%s at %s cannot be reached for the login to Vault: %s"
                            .formatted(service.shown(), at.getHost(), Causes.reason(e)));
        } catch (IllegalArgumentException e) {
            // The message would quote the header, which may be a credential.
            throw LoginException.invalid(
                    "what the login to Vault sends to %s holds characters that HTTP does not allow"
                            .formatted(service.shown()));
        } finally {
            sink.ended(service.label(), operation, served);
        }
    }

    private static OriginSettings settings() {
        return new OriginSettings(
                VaultConnection.CONNECT_TIMEOUT,
                VaultConnection.READ_TIMEOUT,
                1,
                null,
                OriginSettings.proxiesOfTheJvm(),
                // All are named by code or by the operator's own environment, and metadata servers
                // and agents are what guarded connections cannot reach.
                Reach.ANYWHERE);
    }
}
