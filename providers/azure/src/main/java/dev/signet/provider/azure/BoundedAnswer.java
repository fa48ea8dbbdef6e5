package dev.signet.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.CoreUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An answer that has been read to its end, and has one before it is too large to hold. */
final class BoundedAnswer extends HttpResponse {

    /** A secret has 25 KB at most, a certificate with its policy less; a page has 25 names. */
    static final int MAX_BYTES = 2 << 20;

    /** An answer larger than that. */
    static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final @Nullable Refusal refusal;

    BoundedAnswer(HttpRequest request, int status, HttpHeaders headers, byte[] body) {
        super(request);
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.refusal = null;
    }

    private BoundedAnswer(HttpResponse answer, byte[] body, @Nullable Refusal refusal) {
        super(answer.getRequest());
        this.status = answer.getStatusCode();
        this.headers = answer.getHeaders();
        this.body = body;
        this.refusal = refusal;
    }

    /** Reads the whole answer. */
    static BoundedAnswer read(HttpResponse answer) throws IOException {
        try (answer;
                InputStream stream = answer.getBodyAsBinaryData().toStream()) {
            byte[] body = stream.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new OversizeException();
            }
            return new BoundedAnswer(answer, body, null);
        }
    }

    /** The same answer with nothing in it but what it means. */
    BoundedAnswer withoutBody(Refusal meaning) {
        return new BoundedAnswer(this, new byte[0], meaning);
    }

    /** What the vault says in place of an answer; null where it answers. */
    @Nullable Refusal refusal() {
        return refusal;
    }

    /** The bytes, which are not copied. */
    byte[] body() {
        return body;
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    @Deprecated
    public @Nullable String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return BinaryData.fromBytes(body);
    }

    @Override
    public InputStream getBodyAsInputStreamSync() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return Mono.just(
                CoreUtils.bomAwareToString(body, headers.getValue(HttpHeaderName.CONTENT_TYPE)));
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(body, charset));
    }
}
