package dev.signet.operator.sealedsecret.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.operator.observe.AddressUnavailableException;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.observe.HttpLimits;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.sealed.Opener;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API that kubeseal uses: {@code /v1/cert.pem}, {@code /v1/verify}, {@code /v1/rotate},
 * {@code /healthz}, {@code /readyz}. Everybody may call it; it gives out nothing but the public
 * certificate, whether a SealedSecret can be opened, and the same values sealed anew for the same
 * object.
 *
 * <p>Any method is answered, and no Content-Type is asked for, as kubeseal sends none. Errors of
 * verify and rotate are {@code Status} objects. Bodies, rates, and how many requests are worked on
 * for how long are bounded.
 */
public final class SealedSecretsApi implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SealedSecretsApi.class);
    private static final String FLAG = "--sealed-secrets-listen-address";
    private static final int BACKLOG = 64;

    /** A source, such as one API server or one pod, may have half of them. */
    private static final int AT_ONCE = 6;

    private static final Places.Limits PLACES =
            new Places.Limits(AT_ONCE, AT_ONCE / 2, AT_ONCE / 3, 32);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofPlatform().daemon().name("sealed-api-", 0).factory());
    private final Opener opener;
    private final Keys keys;
    private final BooleanSupplier ready;
    private final BoundedWork verify;
    private final BoundedWork rotate;
    private final HttpMeters meters;
    private final Optional<HttpServer> server;

    private SealedSecretsApi(
            ApiSettings settings,
            boolean acceptLegacy,
            Keys keys,
            BooleanSupplier ready,
            MeterRegistry registry,
            LongSupplier nanos) {
        this.keys = keys;
        this.ready = ready;
        this.meters = new HttpMeters(registry);
        // Of its own, so that requests do not stand in front of what the cluster waits for.
        this.opener = new Opener(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        SealedWork work = new SealedWork(keys, opener, acceptLegacy);
        RateLimits rates = new RateLimits(settings.rate(), settings.burst(), nanos);
        Places places = new Places(PLACES);
        BoundedWork.Threads forWork = new BoundedWork.Threads(threads, workers);
        this.verify = new BoundedWork("/v1/verify", work::verify, rates, places, forWork);
        this.rotate = new BoundedWork("/v1/rotate", work::rotate, rates, places, forWork);
        this.server = bind(settings.address());
    }

    /**
     * Starts to serve, unless the address is turned off.
     *
     * @param acceptLegacy whether {@code spec.data} of old SealedSecrets is worked on
     * @param ready whether {@code /readyz} says so
     * @throws AddressUnavailableException if the address cannot be listened on
     */
    public static SealedSecretsApi start(
            ApiSettings settings,
            boolean acceptLegacy,
            Keys keys,
            BooleanSupplier ready,
            MeterRegistry registry) {
        return start(settings, acceptLegacy, keys, ready, registry, System::nanoTime);
    }

    static SealedSecretsApi start(
            ApiSettings settings,
            boolean acceptLegacy,
            Keys keys,
            BooleanSupplier ready,
            MeterRegistry registry,
            LongSupplier nanos) {
        HttpLimits.apply();
        SealedSecretsApi api =
                new SealedSecretsApi(settings, acceptLegacy, keys, ready, registry, nanos);
        api.server.ifPresent(HttpServer::start);
        return api;
    }

    /** Where it is served, with the port that was chosen; empty if it is not. */
    public Optional<InetSocketAddress> address() {
        return server.map(HttpServer::getAddress);
    }

    /** Stops at once; requests that are being answered are cut off. */
    @Override
    public void close() {
        server.ifPresent(running -> running.stop(0));
        end();
    }

    private void end() {
        threads.shutdownNow();
        workers.shutdownNow();
        opener.close();
    }

    private Optional<HttpServer> bind(BindAddress address) {
        if (!address.enabled()) {
            return Optional.empty();
        }
        try {
            HttpServer bound = HttpServer.create(address.resolve(), BACKLOG);
            bound.setExecutor(threads);
            bound.createContext("/", this::handle);
            return Optional.of(bound);
        } catch (IOException e) {
            end();
            throw AddressUnavailableException.of(FLAG, address, e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/v1/cert.pem", "/v1/verify", "/v1/rotate" -> {
                long begun = System.nanoTime();
                Answer answer = answer(path, exchange);
                // Counted first: who has the answer may look at the count.
                meters.answered(
                        path,
                        answer.code(),
                        exchange.getRequestMethod(),
                        Duration.ofNanos(System.nanoTime() - begun));
                send(exchange, answer);
            }
            case "/healthz" -> send(exchange, Answer.text(200, "ok"));
            case "/readyz" ->
                    send(
                            exchange,
                            ready.getAsBoolean()
                                    ? Answer.text(200, "ok")
                                    : Answer.text(503, "not ready"));
            default -> send(exchange, Answer.text(404, "404 page not found"));
        }
    }

    private Answer answer(String path, HttpExchange exchange) {
        try {
            return switch (path) {
                case "/v1/verify" -> verify.answer(exchange);
                case "/v1/rotate" -> rotate.answer(exchange);
                default -> certificate();
            };
        } catch (RuntimeException e) {
            // Without its message, which may hold anything.
            log.atError()
                    .addKeyValue("path", path)
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("request could not be answered");
            return Answer.failure(500, "internal error; see the log of the operator");
        }
    }

    private Answer certificate() {
        return keys.current()
                .newest()
                .map(key -> Answer.of(200, "application/x-pem-file", key.certificate().pem()))
                .orElseGet(() -> Answer.text(500, "cannot get certificate"));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean empty = head || body.length == 0;
            exchange.sendResponseHeaders(answer.code(), empty ? -1 : body.length);
            if (!empty) {
                // Closed before the exchange, which waits for what is still to come of the request.
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }
}
