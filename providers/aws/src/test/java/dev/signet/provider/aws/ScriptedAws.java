package dev.signet.provider.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers like AWS what a test says, and keeps what it was asked. */
final class ScriptedAws implements AutoCloseable {

    /**
     * A request.
     *
     * @param operation such as {@code GetSecretValue}; the path where it names none
     * @param body as it was sent
     * @param accessKey the access key ID of the caller; empty for an anonymous one
     */
    record Asked(String operation, String body, String accessKey) {

        /** A parameter of the body, where that is a form. */
        String parameter(String name) {
            for (String pair : body.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (parts[0].equals(name)) {
                    return URLDecoder.decode(parts[1], UTF_8);
                }
            }
            return "";
        }
    }

    /** An answer. */
    record Said(int status, String body, Map<String, String> headers) {

        static Said ok(String body) {
            return new Said(200, body, Map.of());
        }

        static Said error(int status, String code, String message) {
            return new Said(
                    status,
                    "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message),
                    Map.of("x-amzn-ErrorType", code));
        }

        static Said secret(String name, String value) {
            return ok("{\"Name\":\"%s\",\"SecretString\":\"%s\"}".formatted(name, value));
        }

        /** An identity for a role, whose access key ID tells of the role. */
        static Said identity(String operation, String accessKey, Instant until) {
            return ok(
                    """
                    <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult><Credentials>\
                    <AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>k</SecretAccessKey>\
                    <SessionToken>t-%2$s</SessionToken><Expiration>%3$s</Expiration>\
                    </Credentials></%1$sResult></%1$sResponse>\
                    """
                            .formatted(operation, accessKey, until));
        }
    }

    private final HttpServer server;
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    private ScriptedAws(HttpServer server, Function<Asked, Said> script) {
        this.server = server;
        server.createContext("/", exchange -> answer(exchange, script));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static ScriptedAws saying(Function<Asked, Said> script) {
        try {
            return new ScriptedAws(
                    HttpServer.create(
                            new InetSocketAddress(
                                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                            0),
                    script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> operations() {
        return asked.stream().map(Asked::operation).toList();
    }

    private void answer(HttpExchange exchange, Function<Asked, Said> script) throws IOException {
        try (exchange) {
            Asked request = read(exchange);
            asked.add(request);
            Said said = script.apply(request);
            byte[] body = said.body().getBytes(UTF_8);
            said.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Asked form = new Asked("", body, "");
        String operation =
                target != null
                        ? target.substring(target.indexOf('.') + 1)
                        : form.parameter("Action").isEmpty()
                                ? exchange.getRequestURI().getPath()
                                : form.parameter("Action");
        String key =
                authorization == null || !authorization.contains("Credential=")
                        ? ""
                        : authorization.replaceAll(".*Credential=([^/]+)/.*", "$1");
        return new Asked(operation, body, key);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
