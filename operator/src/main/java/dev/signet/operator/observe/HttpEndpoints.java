package dev.signet.operator.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

/**
 * Serves {@code /metrics} on one address and {@code /healthz} and {@code /readyz} on another, or
 * all on one if both addresses are equal.
 *
 * <p>Only GET and HEAD are answered; no request body is read. {@code /healthz} is 200 while the
 * heart beats, {@code /readyz} while all has started and the caches are filled; otherwise both are
 * 503 with a line that says why. Each request has a virtual thread; few scrapes go on at once.
 */
public final class HttpEndpoints implements AutoCloseable {

    /**
     * An address and where it comes from.
     *
     * @param flag the flag that sets it, such as {@code --metrics-addr}, for error messages
     * @param address where to listen
     */
    public record Listener(String flag, BindAddress address) {}

    private static final int BACKLOG = 64;
    private static final int MAX_SCRAPES = 4;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Semaphore scrapes = new Semaphore(MAX_SCRAPES);
    private final MetricsSource source;
    private final Health health;
    private final Heartbeats heartbeats;
    private Optional<InetSocketAddress> metricsAddress = Optional.empty();
    private Optional<InetSocketAddress> healthAddress = Optional.empty();

    private HttpEndpoints(MetricsSource source, Health health, Heartbeats heartbeats) {
        this.source = source;
        this.health = health;
        this.heartbeats = heartbeats;
    }

    /**
     * Starts to serve on the addresses that are not turned off.
     *
     * @throws AddressUnavailableException if one cannot be listened on; then none is
     */
    public static HttpEndpoints start(
            Listener metrics,
            Listener health,
            MetricsSource source,
            Health readiness,
            Heartbeats heartbeats) {
        HttpLimits.apply();
        HttpEndpoints endpoints = new HttpEndpoints(source, readiness, heartbeats);
        try {
            endpoints.open(metrics, health);
        } catch (RuntimeException e) {
            // The JDK's server lets go of its port only if it ran.
            endpoints.servers.forEach(HttpServer::start);
            endpoints.close();
            throw e;
        }
        return endpoints;
    }

    private void open(Listener metrics, Listener health) {
        Optional<HttpServer> first = bind(metrics);
        boolean shared = metrics.address().equals(health.address());
        Optional<HttpServer> second = shared ? first : bind(health);
        first.ifPresent(
                server -> server.createContext("/metrics", guarded("/metrics", this::metrics)));
        second.ifPresent(server -> {
            server.createContext("/healthz", guarded("/healthz", this::healthz));
            server.createContext("/readyz", guarded("/readyz", this::readyz));
        });
        metricsAddress = first.map(HttpServer::getAddress);
        healthAddress = second.map(HttpServer::getAddress);
        servers.forEach(HttpServer::start);
    }

    private Optional<HttpServer> bind(Listener listener) {
        if (!listener.address().enabled()) {
            return Optional.empty();
        }
        try {
            HttpServer server = HttpServer.create(listener.address().resolve(), BACKLOG);
            server.setExecutor(threads);
            servers.add(server);
            return Optional.of(server);
        } catch (IOException e) {
            throw AddressUnavailableException.of(listener.flag(), listener.address(), e);
        }
    }

    /** Where metrics are served, with the port that was chosen; empty if they are not. */
    public Optional<InetSocketAddress> metricsAddress() {
        return metricsAddress;
    }

    /** Where health is served, with the port that was chosen; empty if it is not. */
    public Optional<InetSocketAddress> healthAddress() {
        return healthAddress;
    }

    /** Stops at once; requests that are being answered are cut off. */
    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private static HttpHandler guarded(String path, HttpHandler handler) {
        return exchange -> {
            String asked = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (!path.equals(asked) && !(path + "/").equals(asked)) {
                answer(exchange, 404, "not found");
            } else if (method.equals("GET") || method.equals("HEAD")) {
                handler.handle(exchange);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, 405, "only GET and HEAD are answered");
            }
            // Not in a finally: after a failure the server cuts the connection, whereas closing
            // the exchange would end a half-written scrape as if it were whole.
            exchange.close();
        };
    }

    private void healthz(HttpExchange exchange) throws IOException {
        Optional<String> dead = heartbeats.dead();
        answer(exchange, dead.isEmpty() ? 200 : 503, dead.orElse("ok"));
    }

    private void readyz(HttpExchange exchange) throws IOException {
        if (!health.started()) {
            answer(exchange, 503, "controllers have not started");
        } else if (!health.cachesSynced()) {
            answer(exchange, 503, "caches are not filled");
        } else {
            answer(exchange, 200, "ok");
        }
    }

    private void metrics(HttpExchange exchange) throws IOException {
        if (!scrapes.tryAcquire()) {
            answer(exchange, 503, "too many scrapes at once");
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", MetricsSource.CONTENT_TYPE);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                scrape(exchange);
            }
        } finally {
            scrapes.release();
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        // A large fleet has tens of megabytes of text, so it is streamed, and packed if asked.
        boolean packed = acceptsGzip(exchange);
        if (packed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        OutputStream out = packed ? new GZIPOutputStream(body, 1 << 13) : body;
        source.writeTo(out);
        out.close();
    }

    private static boolean acceptsGzip(HttpExchange exchange) {
        List<String> accepted =
                exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
        return accepted.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value -> value.contains("gzip") && !value.contains("gzip;q=0"));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
