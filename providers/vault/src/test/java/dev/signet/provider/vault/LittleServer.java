package dev.signet.provider.vault;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on 127.0.0.1 that answers as a test says and keeps what it was asked. */
final class LittleServer implements AutoCloseable {

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Request request);
    }

    /**
     * A request.
     *
     * @param target path and query as sent
     * @param headers the first value of each, by a name of any case
     */
    record Request(String method, String target, Map<String, String> headers, String body) {

        /** The fields of a form. */
        Map<String, String> form() {
            Map<String, String> fields = new TreeMap<>();
            for (String field : body.split("&", -1)) {
                String[] halves = field.split("=", 2);
                fields.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
            }
            return fields;
        }

        /** The object in the body. */
        JsonObject json() {
            return Json.object(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An answer. */
    record Answer(int status, String body, Map<String, String> headers) {

        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LittleServer(Handler handler) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    exchange.getRequestHeaders()
                            .forEach((name, values) -> headers.put(name, values.getFirst()));
                    Request request =
                            new Request(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().toString(),
                                    headers,
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8));
                    requests.add(request);
                    Answer answer = handler.answer(request);
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    answer.headers()
                            .forEach((name, value) ->
                                    exchange.getResponseHeaders().set(name, value));
                    exchange.getResponseHeaders()
                            .putIfAbsent("Content-Type", List.of("application/json"));
                    exchange.sendResponseHeaders(
                            answer.status(), body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
