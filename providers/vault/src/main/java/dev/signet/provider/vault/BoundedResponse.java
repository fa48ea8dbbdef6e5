package dev.signet.provider.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** An answer whose body is cut off, with an error, at the size limit. */
final class BoundedResponse implements ClientHttpResponse {

    private final ClientHttpResponse inner;
    private @Nullable InputStream content;

    BoundedResponse(ClientHttpResponse inner) {
        this.inner = inner;
    }

    @Override
    public InputStream getBody() throws IOException {
        InputStream read = content;
        if (read == null) {
            byte[] body = inner.getBody().readNBytes(VaultConnection.MAX_ANSWER_BYTES + 1);
            if (body.length > VaultConnection.MAX_ANSWER_BYTES) {
                throw new IOException("the answer is larger than 2 MiB");
            }
            read = new ByteArrayInputStream(body);
            content = read;
        }
        return read;
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return inner.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return inner.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return inner.getHeaders();
    }

    @Override
    public void close() {
        inner.close();
    }
}
