package dev.signet.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** A server that is no Vault, and answers with all that it was sent. */
final class EchoServer implements AutoCloseable {

    private final HttpServer server;

    /**
     * @param status what it answers
     * @param form the body, with {@code %s} for what it was sent
     */
    EchoServer(int status, String contentType, String form) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, status, contentType, form));
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String form)
            throws IOException {
        String headers =
                exchange.getRequestHeaders().values().stream()
                        .flatMap(values -> values.stream())
                        .collect(Collectors.joining(" "));
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body =
                form.formatted((headers + " " + sent).replace("\"", "'"))
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
