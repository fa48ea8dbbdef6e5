package dev.signet.provider.aws;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Makes the calls of the SDK over {@link Origin}, on the thread that asks: with its rules on which
 * addresses may be reached, its limits, and no redirects.
 */
final class OriginHttpClient implements SdkHttpClient {

    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Twenty secrets of 64 KiB in one answer, whose bytes JSON may write with six characters. */
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private static final int CONNECTIONS = 64;

    /** {@link Origin} sends its own. */
    private static final Set<String> OWN_FIELDS =
            Set.of("host", "content-length", "connection", "expect");

    private final Function<URI, Reach> reach;
    private final Duration patience;
    private final ConcurrentMap<URI, Origin> origins = new ConcurrentHashMap<>();

    /**
     * @param reach to which addresses the connections of a host may go
     */
    OriginHttpClient(Function<URI, Reach> reach, Duration patience) {
        this.reach = reach;
        this.patience = patience;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return execute(request);
            }

            @Override
            public void abort() {
                // Whoever gives up interrupts the thread.
            }
        };
    }

    @Override
    public String clientName() {
        return "Origin";
    }

    @Override
    public void close() {
        origins.values().forEach(Origin::close);
    }

    private HttpExecuteResponse execute(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest asked = request.httpRequest();
        URI uri = asked.getUri();
        List<HttpField> fields = new ArrayList<>();
        asked.forEachHeader((name, values) -> {
            if (!OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> fields.add(new HttpField(name, value)));
            }
        });
        HttpCall call =
                new HttpCall(
                        asked.method().name(),
                        target(uri),
                        fields,
                        content(request),
                        MAX_ANSWER_BYTES);
        try {
            // All that is called only reads, or hands out credentials.
            return response(origin(asked).sendRepeatably(call));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private Origin origin(SdkHttpRequest asked) {
        URI address = URI.create(asked.protocol() + "://" + authority(asked));
        return origins.computeIfAbsent(
                address,
                host ->
                        new Origin(
                                host,
                                new OriginSettings(
                                        CONNECT_TIMEOUT,
                                        patience,
                                        CONNECTIONS,
                                        null,
                                        OriginSettings.proxiesOfTheJvm(),
                                        reach.apply(host))));
    }

    /** As it is signed: without the scheme's own port. */
    private static String authority(SdkHttpRequest asked) {
        int usual = asked.protocol().equals("https") ? 443 : 80;
        return asked.port() == usual ? asked.host() : asked.host() + ":" + asked.port();
    }

    private static String target(URI uri) {
        String path =
                uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static byte[] content(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return new byte[0];
        }
        try (InputStream content = request.contentStreamProvider().get().newStream()) {
            return content.readAllBytes();
        }
    }

    private static HttpExecuteResponse response(HttpAnswer answer) {
        SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(answer.status());
        answer.fields().forEach(field -> head.appendHeader(field.name(), field.value()));
        return HttpExecuteResponse.builder()
                .response(head.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }
}
