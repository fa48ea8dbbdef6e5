package dev.signet.provider.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import dev.signet.http.AnswerTooLargeException;
import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes the calls of the SDK over {@link Origin}, on the thread that asks: with its rules on which
 * addresses may be reached, its limits, and no redirects, which would carry a token or a credential
 * to a host that the spec does not name.
 */
final class OriginHttpClient implements HttpClient, AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final byte[] NOTHING = new byte[0];

    /** {@link Origin} sends its own. */
    private static final Set<String> OWN_FIELDS = Set.of("host", "content-length", "connection");

    private final @Nullable SSLContext tls;
    private final Function<URI, Reach> reach;
    private final Duration patience;
    private final ConcurrentMap<URI, Origin> origins = new ConcurrentHashMap<>();

    /**
     * @param tls whom to trust; null for those whom the JVM trusts
     * @param reach to which addresses the connections of a host may go
     */
    OriginHttpClient(@Nullable SSLContext tls, Function<URI, Reach> reach, Duration patience) {
        this.tls = tls;
        this.reach = reach;
        this.patience = patience;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        URL url = request.getUrl();
        List<HttpField> fields = new ArrayList<>();
        request.getHeaders().stream()
                .filter(header -> !OWN_FIELDS.contains(header.getName().toLowerCase(Locale.ROOT)))
                .forEach(header ->
                        header.getValuesList()
                                .forEach(value ->
                                        fields.add(new HttpField(header.getName(), value))));
        BinaryData content = request.getBodyAsBinaryData();
        HttpCall call =
                new HttpCall(
                        request.getHttpMethod().toString(),
                        url.getFile().startsWith("/") ? url.getFile() : "/" + url.getFile(),
                        fields,
                        content == null ? NOTHING : content.toBytes(),
                        BoundedAnswer.MAX_BYTES);
        try {
            // All that is called only reads, or hands out a token.
            HttpAnswer answer = origin(url).sendRepeatably(call);
            return new BoundedAnswer(request, answer.status(), headers(answer), answer.body());
        } catch (AnswerTooLargeException e) {
            throw new UncheckedIOException(new BoundedAnswer.OversizeException());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        }
    }

    @Override
    public void close() {
        origins.values().forEach(Origin::close);
    }

    private Origin origin(URL url) {
        return origins.computeIfAbsent(
                URI.create(url.getProtocol() + "://" + url.getAuthority()),
                host ->
                        new Origin(
                                host,
                                new OriginSettings(
                                        Http.CONNECT_TIMEOUT,
                                        patience,
                                        CONNECTIONS,
                                        tls,
                                        OriginSettings.proxiesOfTheJvm(),
                                        reach.apply(host))));
    }

    private static HttpHeaders headers(HttpAnswer answer) {
        HttpHeaders headers = new HttpHeaders();
        answer.fields()
                .forEach(field ->
                        headers.add(HttpHeaderName.fromString(field.name()), field.value()));
        return headers;
    }
}
