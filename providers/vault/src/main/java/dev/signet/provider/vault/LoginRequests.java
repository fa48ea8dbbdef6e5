package dev.signet.provider.vault;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** Lets Spring's logins go over the connections that reads go over. */
final class LoginRequests implements ClientHttpRequestFactory {

    private final Origin server;
    private final ReplicationState replication;

    LoginRequests(Origin server, ReplicationState replication) {
        this.server = server;
        this.replication = replication;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
        return new Request(server, replication, uri, method);
    }

    private static final class Request extends AbstractClientHttpRequest {

        private final Origin server;
        private final ReplicationState replication;
        private final URI uri;
        private final HttpMethod method;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Request(Origin server, ReplicationState replication, URI uri, HttpMethod method) {
            this.server = server;
            this.replication = replication;
            this.uri = uri;
            this.method = method;
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        protected OutputStream getBodyInternal(HttpHeaders headers) {
            return body;
        }

        @Override
        protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
            List<HttpField> fields = new ArrayList<>();
            headers.forEach((name, values) -> {
                if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
                    values.forEach(value -> fields.add(new HttpField(name, value)));
                }
            });
            String target = uri.getRawPath();
            if (uri.getRawQuery() != null) {
                target += "?" + uri.getRawQuery();
            }
            try {
                HttpAnswer answer =
                        server.send(
                                new HttpCall(
                                        method.name(),
                                        target,
                                        fields,
                                        body.toByteArray(),
                                        VaultConnection.MAX_ANSWER_BYTES));
                replication.seen(answer);
                return new Response(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    private record Response(HttpAnswer answer) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(answer.status());
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            HttpHeaders headers = new HttpHeaders();
            answer.fields().forEach(field -> headers.add(field.name(), field.value()));
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public void close() {
            // The answer is complete, and its connection given back.
        }
    }
}
