package dev.signet.provider.azure;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The login endpoints of {@link FakeKeyVault}: client credentials by secret, by signed assertion
 * and by the token of another issuer, and a machine's identity service.
 */
final class FakeLogin {

    static final String TENANT = "11111111-2222-3333-4444-555555555555";
    static final String CLIENT = "app-reader";
    static final String SECRET = "cl1ent+s3cret/with=signs&";
    static final String SERVICE_ACCOUNT_TOKEN = "service-account-jwt";
    static final String IDENTITY = "node-identity";

    /** An answer to give in place of the right one. */
    record Trouble(int status, Map<String, String> headers, String body) {}

    final AtomicInteger logins = new AtomicInteger();
    final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    volatile Optional<Trouble> trouble = Optional.empty();
    volatile Optional<PublicKey> certificateKey = Optional.empty();
    volatile String audience = "https://vault.azure.net";
    volatile int lifeSeconds = 3600;
    volatile String secret = SECRET;
    private final Map<String, Boolean> tokens = new ConcurrentHashMap<>();

    boolean accepts(String token) {
        return tokens.getOrDefault(token, false);
    }

    /** From now on, no token given so far is accepted. */
    void revokeAll() {
        tokens.replaceAll((token, valid) -> false);
    }

    void handle(HttpExchange exchange) throws IOException {
        logins.incrementAndGet();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<Trouble> wanted = trouble;
        if (wanted.isPresent()) {
            FakeKeyVault.answer(
                    exchange, wanted.get().status(), wanted.get().headers(), wanted.get().body());
            return;
        }
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/metadata/identity/oauth2/token")) {
            machine(exchange);
        } else if (path.equals("/" + TENANT + "/oauth2/v2.0/token")) {
            Map<String, String> form = fields(body);
            forms.add(form);
            client(exchange, form);
        } else {
            error(exchange, 400, "invalid_request", 90002);
        }
    }

    private void client(HttpExchange exchange, Map<String, String> form) throws IOException {
        if (!"client_credentials".equals(form.get("grant_type"))) {
            error(exchange, 400, "unsupported_grant_type", 70003);
        } else if (!(audience + "/.default").equals(form.get("scope"))) {
            error(exchange, 400, "invalid_resource", 500011);
        } else if (!CLIENT.equals(form.get("client_id"))) {
            error(exchange, 400, "unauthorized_client", 700016);
        } else if (form.containsKey("client_secret")) {
            if (secret.equals(form.get("client_secret"))) {
                give(exchange);
            } else {
                error(exchange, 401, "invalid_client", 7000215);
            }
        } else if (isSigned(exchange, form.getOrDefault("client_assertion", ""))) {
            give(exchange);
        } else if (SERVICE_ACCOUNT_TOKEN.equals(form.get("client_assertion"))) {
            give(exchange);
        } else {
            error(exchange, 401, "invalid_client", 700213);
        }
    }

    private void machine(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        boolean known = query.getOrDefault("client_id", IDENTITY).equals(IDENTITY);
        if (!"true".equals(exchange.getRequestHeaders().getFirst("Metadata")) || !known) {
            FakeKeyVault.answer(
                    exchange, 400, Map.of(), "{\"error\":\"invalid_request\",\"x\":\"Identity\"}");
        } else if (!audience.equals(query.get("resource"))) {
            FakeKeyVault.answer(exchange, 400, Map.of(), "{\"error\":\"invalid_resource\"}");
        } else {
            give(exchange);
        }
    }

    private boolean isSigned(HttpExchange exchange, String assertion) throws IOException {
        String[] parts = assertion.split("\\.", -1);
        if (certificateKey.isEmpty() || parts.length != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signature.initVerify(certificateKey.get());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            String claims =
                    new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            String path = URI.create(exchange.getRequestURI().getPath()).toString();
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && claims.contains("\"iss\":\"" + CLIENT + "\"")
                    && claims.contains(path + "\"");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void give(HttpExchange exchange) throws IOException {
        String token = "token-" + logins.get() + "-" + tokens.size();
        tokens.put(token, true);
        FakeKeyVault.answer(
                exchange,
                200,
                Map.of(),
                "{\"token_type\":\"Bearer\",\"expires_in\":\"%d\",\"access_token\":\"%s\"}"
                        .formatted(lifeSeconds, token));
    }

    private static void error(HttpExchange exchange, int status, String error, int code)
            throws IOException {
        FakeKeyVault.answer(
                exchange,
                status,
                Map.of(),
                "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: canary-of-the-login\",\"error_codes\":[%d]}"
                        .formatted(error, code, code));
    }

    private static Map<String, String> fields(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
