package dev.signet.provider.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.gjson.GoJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Key Vault over TLS, for reading, with the login endpoints that belong to it. Written from the
 * public REST reference.
 *
 * <p>It has: secrets with versions, attributes and tags, keys, certificates; the list of secrets in
 * pages of 25; the challenge; refusals with their codes; trouble on demand.
 *
 * <p>It has not: writing over HTTP, deleted objects and their recovery, lists of versions, of keys
 * and of certificates, roles and policies (an object is readable or it is not), the limits on rate
 * (429 comes when it is told to), conditional access (claims), and managed HSMs. It does not check
 * a token's audience or life: a token is one that its own login gave.
 */
final class FakeKeyVault implements AutoCloseable {

    static final String HOST = "signet-test.vault.azure.net";

    private static final int PAGE = 25;

    /** One version of an object. */
    record Item(
            String version,
            String fields,
            Map<String, Object> attributes,
            Map<String, String> tags,
            String refusal) {}

    /** What is to happen in place of a right answer. */
    @FunctionalInterface
    interface Trouble {
        void happen(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final HttpServer machine;
    private final TestTls tls;
    private final Map<String, List<Item>> objects =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
    private final AtomicInteger versions = new AtomicInteger();
    final FakeLogin login = new FakeLogin();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger pages = new AtomicInteger();
    final AtomicInteger challenges = new AtomicInteger();
    volatile Optional<Trouble> trouble = Optional.empty();
    volatile String resource = "https://vault.azure.net";
    volatile Optional<String> nextLinkHost = Optional.empty();

    FakeKeyVault() throws Exception {
        tls =
                TestTls.of(
                        HOST,
                        "other-test.vault.azure.net",
                        "*.vault.stack.test",
                        "login.stack.test");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpsServer.create(any, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.server()));
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        machine = HttpServer.create(any, 0);
        machine.createContext("/", login::handle);
        machine.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        machine.start();
    }

    String url() {
        return url(HOST);
    }

    String url(String host) {
        return "https://" + host + ":" + server.getAddress().getPort();
    }

    TestTls tls() {
        return tls;
    }

    URI identityService() {
        return URI.create("http://127.0.0.1:" + machine.getAddress().getPort());
    }

    /** Puts a secret, as a new version, and returns the version. */
    String putSecret(String name, String value) {
        return putSecret(name, value, Map.of(), Map.of());
    }

    String putSecret(
            String name, String value, Map<String, Object> attributes, Map<String, String> tags) {
        String fields = "\"value\":" + GoJson.marshal(value) + ",";
        return put("secrets/" + name, fields, attributes, tags, "");
    }

    /** Puts an object that is refused with an inner code. */
    void putRefused(String collectionAndName, String innerCode) {
        put(collectionAndName, "", Map.of(), Map.of(), innerCode);
    }

    void putKey(String name, String jwk, Map<String, String> tags) {
        put("keys/" + name, "\"key\":" + jwk + ",", Map.of(), tags, "");
    }

    void putCertificate(String name, String base64Der, Map<String, String> tags) {
        put("certificates/" + name, "\"cer\":\"" + base64Der + "\",", Map.of(), tags, "");
    }

    /** The version of an object that is answered with where none is asked for. */
    String lastVersion(String collectionAndName) {
        return objects.getOrDefault(collectionAndName, List.of()).getLast().version();
    }

    void delete(String collectionAndName) {
        objects.remove(collectionAndName);
    }

    void clear() {
        objects.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        machine.stop(0);
    }

    private String put(
            String path,
            String fields,
            Map<String, Object> attributes,
            Map<String, String> tags,
            String refusal) {
        String version = "%032x".formatted(versions.incrementAndGet());
        objects.compute(
                path,
                (_, before) -> {
                    List<Item> all = new ArrayList<>(before == null ? List.of() : before);
                    all.add(new Item(version, fields, attributes, tags, refusal));
                    return all;
                });
        return version;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.contains("/oauth2/")) {
                login.handle(exchange);
                return;
            }
            String bearer = exchange.getRequestHeaders().getFirst("Authorization");
            if (bearer == null || !login.accepts(bearer.replace("Bearer ", ""))) {
                challenges.incrementAndGet();
                answer(
                        exchange,
                        401,
                        Map.of(
                                "WWW-Authenticate",
                                "Bearer authorization=\"https://login.stack.test/%s\", resource=\"%s\""
                                        .formatted(FakeLogin.TENANT, resource)),
                        error("Unauthorized", ""));
                return;
            }
            Optional<Trouble> wanted = trouble;
            if (wanted.isPresent()) {
                wanted.get().happen(exchange);
                return;
            }
            serve(exchange, path.substring(1).replaceAll("/+$", "").split("/"));
        }
    }

    private void serve(HttpExchange exchange, String[] path) throws IOException {
        if (path.length == 1 && path[0].equals("secrets")) {
            pages.incrementAndGet();
            list(exchange);
            return;
        }
        reads.incrementAndGet();
        List<Item> all = path.length < 2 ? null : objects.get(path[0] + "/" + path[1]);
        Optional<Item> item =
                all == null
                        ? Optional.empty()
                        : path.length == 2
                                ? Optional.of(all.getLast())
                                : all.stream()
                                        .filter(one -> one.version().equals(path[2]))
                                        .findFirst();
        if (item.isEmpty()) {
            answer(exchange, 404, Map.of(), error(notFound(path[0]), ""));
        } else if (!item.get().refusal().isEmpty()) {
            answer(exchange, 403, Map.of(), error("Forbidden", item.get().refusal()));
        } else {
            answer(exchange, 200, Map.of(), bundle(path[0], path[1], item.get()));
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int start =
                query.contains("$skiptoken=")
                        ? Integer.parseInt(query.replaceAll(".*skiptoken=(\\d+).*", "$1"))
                        : 0;
        List<String> names =
                objects.keySet().stream().filter(key -> key.startsWith("secrets/")).toList();
        List<String> items = new ArrayList<>();
        for (String name : names.subList(start, Math.min(start + PAGE, names.size()))) {
            Item item = objects.get(name).getLast();
            Map<String, Object> attributes = new LinkedHashMap<>(item.attributes());
            attributes.putIfAbsent("enabled", !item.refusal().equals("SecretDisabled"));
            items.add(
                    "{\"id\":\"%s/%s\",\"attributes\":%s,\"tags\":%s}"
                            .formatted(
                                    url(),
                                    name,
                                    GoJson.marshal(attributes),
                                    GoJson.marshal(item.tags())));
        }
        String next =
                start + PAGE < names.size()
                        ? "\"%s/secrets?api-version=7.4&$skiptoken=%d&maxresults=25\""
                                .formatted(nextLinkHost.orElse(url()), start + PAGE)
                        : "null";
        answer(
                exchange,
                200,
                Map.of(),
                "{\"value\":[%s],\"nextLink\":%s}".formatted(String.join(",", items), next));
    }

    private String bundle(String collection, String name, Item item) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("enabled", true);
        attributes.put("created", 1700000000L);
        attributes.put("updated", 1700000001L);
        attributes.putAll(item.attributes());
        return "{%s\"id\":\"%s/%s/%s/%s\",\"attributes\":%s,\"tags\":%s}"
                .formatted(
                        item.fields(),
                        url(),
                        collection,
                        name,
                        item.version(),
                        GoJson.marshal(attributes),
                        GoJson.marshal(item.tags()));
    }

    private static String notFound(String collection) {
        return switch (collection) {
            case "keys" -> "KeyNotFound";
            case "certificates" -> "CertificateNotFound";
            case "secrets" -> "SecretNotFound";
            default -> "NotFound";
        };
    }

    /** An error as a vault words it; its message is a canary that no text may show. */
    static String error(String code, String innerCode) {
        String inner =
                innerCode.isEmpty() ? "" : ",\"innererror\":{\"code\":\"%s\"}".formatted(innerCode);
        return "{\"error\":{\"code\":\"%s\",\"message\":\"canary-of-the-vault\"%s}}"
                .formatted(code, inner);
    }

    static void answer(HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        exchange.getRequestBody().readAllBytes();
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
