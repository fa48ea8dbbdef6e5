package dev.signet.cli.seal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A certificate on a web server. */
record CertificateAddress(URI address, ProxyEnvironment proxies) implements CertificateSource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Far more than any certificate has. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int OK = 200;

    @Override
    public String pem() throws SealException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .proxy(proxies)
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(PATIENCE)
                        .build()) {
            HttpResponse<java.io.InputStream> answer =
                    client.send(
                            HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (java.io.InputStream body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw new SealException(
                            "cannot fetch \"%s\": %s"
                                    .formatted(address, HttpStatus.line(answer.statusCode())));
                }
                return new String(body.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SealException(
                    "Get \"%s\": %s".formatted(address, Connections.reason(address, e)));
        }
    }
}
