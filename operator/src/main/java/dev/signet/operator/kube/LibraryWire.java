package dev.signet.operator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client library's own way, which knows of proxies. */
final class LibraryWire implements Wire {

    private final KubernetesClient client;
    private final Duration patience;

    LibraryWire(KubernetesClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    @Override
    public Answer send(
            String method, String path, String accept, String type, @Nullable String json)
            throws IOException, InterruptedException {
        String server = client.getMasterUrl().toString();
        String uri = server.endsWith("/") ? server + path.substring(1) : server + path;
        HttpRequest request =
                client.getHttpClient()
                        .newHttpRequestBuilder()
                        .uri(uri)
                        .header("Accept", accept)
                        .method(method, type, json)
                        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.getHttpClient().sendAsync(request, byte[].class).get();
            return new Answer(answer.code(), answer.body() == null ? new byte[0] : answer.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e);
        }
    }

    @Override
    public void close() {
        // The client is its owner's to close.
    }
}
