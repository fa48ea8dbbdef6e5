package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.testbed.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The barest way to talk to the API server: ready bytes, and no look at the answer's body. */
final class Calls implements AutoCloseable {

    static final String JSON = "application/json";
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration DELETE_LIMIT = Duration.ofMinutes(10);
    private static final int NOT_FOUND = 404;

    private final HttpClient client;
    private final URI base;
    private final String authorization;

    Calls(ControlPlane plane, HttpClient.Version version) {
        this.client =
                HttpClient.newBuilder()
                        .version(version)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(Duration.ofSeconds(5))
                        .sslContext(plane.trust())
                        .build();
        this.base = plane.server();
        this.authorization = "Bearer " + plane.adminToken();
    }

    /** Makes an object. */
    void post(String path, byte[] body) {
        write("POST", path, JSON, body);
    }

    /** Makes an object that is written in YAML. */
    void postYaml(String path, byte[] body) {
        write("POST", path, "application/yaml", body);
    }

    /** Applies a JSON merge patch. */
    void patch(String path, byte[] body) {
        write("PATCH", path, MERGE_PATCH, body);
    }

    /** Applies a JSON merge patch to an object that may be gone. */
    void patchIfThere(String path, byte[] body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", MERGE_PATCH)
                        .method("PATCH", BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<Void> reply = send(request, BodyHandlers.discarding());
        if (reply.statusCode() != NOT_FOUND) {
            require("PATCH", path, reply);
        }
    }

    /** Deletes an object or a whole collection; what is not there is fine. */
    void delete(String path) {
        HttpResponse<Void> reply =
                send(
                        request(path).timeout(DELETE_LIMIT).DELETE().build(),
                        BodyHandlers.discarding());
        if (reply.statusCode() != NOT_FOUND) {
            require("DELETE", path, reply);
        }
    }

    /** Reads a text. */
    String get(String path) {
        HttpResponse<String> reply =
                send(request(path).GET().build(), BodyHandlers.ofString(UTF_8));
        require("GET", path, reply);
        return reply.body();
    }

    /** Reads a text; empty if that does not succeed. */
    String find(String path) {
        HttpResponse<String> reply =
                send(request(path).GET().build(), BodyHandlers.ofString(UTF_8));
        return isSuccess(reply) ? reply.body() : "";
    }

    /** Reads an answer that goes on until it is closed. */
    InputStream open(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Authorization", authorization)
                        .header("Accept", JSON)
                        .build();
        HttpResponse<InputStream> reply = send(request, BodyHandlers.ofInputStream());
        require("GET", path, reply);
        return reply.body();
    }

    private void write(String method, String path, String type, byte[] body) {
        HttpRequest request =
                request(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build();
        require(method, path, send(request, BodyHandlers.discarding()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", authorization)
                .header("Accept", JSON);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new BenchException(
                    "%s %s: no answer from the API server"
                            .formatted(request.method(), request.uri().getPath()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    private static void require(String method, String path, HttpResponse<?> reply) {
        if (!isSuccess(reply)) {
            throw new BenchException(
                    "%s %s: answered %d".formatted(method, path, reply.statusCode()));
        }
    }

    private static boolean isSuccess(HttpResponse<?> reply) {
        return reply.statusCode() / 100 == 2;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
