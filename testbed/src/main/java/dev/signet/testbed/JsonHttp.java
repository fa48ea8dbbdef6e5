package dev.signet.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over HTTP/1.1 to one server, with fixed headers. */
final class JsonHttp {

    static final JsonMapper JSON = new JsonMapper();

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);

    /** Longer than the minute after which an API server itself gives a request up. */
    private static final Duration LIMIT = Duration.ofSeconds(75);

    private final HttpClient client;
    private final URI base;
    private final Map<String, String> headers;

    private JsonHttp(HttpClient client, URI base, Map<String, String> headers) {
        this.client = client;
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    /**
     * A client of the server at {@code base}.
     *
     * @param caPem the certificates to trust, or empty for those that the JVM trusts
     */
    static JsonHttp to(URI base, String caPem) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(CONNECT_LIMIT);
        if (!caPem.isEmpty()) {
            builder.sslContext(Pem.trusting(caPem));
        }
        return new JsonHttp(builder.build(), base, Map.of());
    }

    /** The same server, asked with one more header. */
    JsonHttp with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new JsonHttp(client, base, more);
    }

    URI base() {
        return base;
    }

    /** Sends a request and returns whatever is answered; no answer at all is an exception. */
    ApiReply send(String method, String path, @Nullable Object body, String contentType) {
        try {
            return trySend(method, path, body, contentType);
        } catch (IOException e) {
            throw new TestbedException(method + " " + path + ": no answer from " + base, e);
        }
    }

    ApiReply trySend(String method, String path, @Nullable Object body, String contentType)
            throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(LIMIT)
                        .header("Accept", "application/json");
        headers.forEach(request::header);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", contentType)
                    .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new ApiReply(response.statusCode(), parse(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while asking " + base, e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException plainText) {
            return JSON.getNodeFactory().textNode(body);
        }
    }
}
