package dev.signet.operator.kube;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpField;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Who asks the API server: the header fields that the client library's own interceptors put on a
 * request. They know all kinds of credentials, and renew them.
 */
final class Asker {

    private final List<Interceptor> interceptors;
    private final Interceptor.RequestTags tags;
    private final HttpRequest any;

    Asker(Config config, URI server) {
        this.interceptors =
                List.copyOf(
                        HttpClientUtils.createApplicableInterceptors(
                                        config, new WatchfulClientFactory())
                                .values());
        this.tags = new Tags(config);
        // Which request it is, none of them looks at.
        this.any = new StandardHttpRequest(Map.of(), server, "GET", null);
    }

    /** The fields of a request. */
    Fields fields() {
        Fields fields = new Fields();
        for (Interceptor interceptor : interceptors) {
            interceptor.before(fields, any, tags);
        }
        return fields;
    }

    /** Whether the request is to be made again with what {@code fields} has now. */
    boolean renews(Fields fields, HttpAnswer refused) throws IOException, InterruptedException {
        boolean again = false;
        for (Interceptor interceptor : interceptors) {
            try {
                again |=
                        Boolean.TRUE.equals(
                                interceptor
                                        .afterFailure(fields, new Refusal(refused, any), tags)
                                        .get());
            } catch (ExecutionException e) {
                throw new IOException("the credentials could not be renewed", e.getCause());
            }
        }
        return again;
    }

    /** Header fields that are being put together. */
    static final class Fields implements BasicBuilder {

        private final List<HttpField> fields = new ArrayList<>(8);

        List<HttpField> list() {
            return fields;
        }

        @Override
        public Fields uri(URI uri) {
            return this;
        }

        @Override
        public Fields header(String name, String value) {
            fields.add(new HttpField(name, value));
            return this;
        }

        @Override
        public Fields setHeader(String name, String value) {
            fields.removeIf(field -> field.name().equalsIgnoreCase(name));
            return header(name, value);
        }
    }

    private record Tags(Config config) implements Interceptor.RequestTags {

        @Override
        public <T> @Nullable T getTag(Class<T> type) {
            return type.isInstance(config.getRequestConfig())
                    ? type.cast(config.getRequestConfig())
                    : null;
        }
    }

    private record Refusal(HttpAnswer answer, HttpRequest request) implements HttpResponse<byte[]> {

        @Override
        public int code() {
            return answer.status();
        }

        @Override
        public byte[] body() {
            return answer.body();
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String name) {
            return answer.field(name).map(List::of).orElse(List.of());
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
