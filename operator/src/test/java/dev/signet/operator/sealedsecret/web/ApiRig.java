package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Scope;
import dev.signet.sealed.UnsealingKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The API on a port of its own, with keys that the tests hold. */
final class ApiRig implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    static final UnsealingKey OLD = key("old");
    static final UnsealingKey NEW = key("new");
    static final UnsealingKey FOREIGN = key("foreign");
    static final KeyRing RING = new KeyRing(List.of(NEW, OLD));

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private SealedSecretsApi api = start(RING, 20, 40, true);

    private static UnsealingKey key(String name) {
        return new KeyGenerator(Clock.systemUTC(), RANDOM)
                .generate(name, 2048, Duration.ofDays(1), "");
    }

    private SealedSecretsApi start(KeyRing ring, double rate, int burst, boolean legacy) {
        return SealedSecretsApi.start(
                new ApiSettings(BindAddress.parse("127.0.0.1:0"), rate, burst),
                legacy,
                Keys.of(ring),
                ready::get,
                meters,
                nanos::get);
    }

    void restart(KeyRing ring, double rate, int burst, boolean legacy) {
        api.close();
        api = start(ring, rate, burst, legacy);
    }

    @Override
    public void close() {
        api.close();
        client.close();
    }

    AtomicLong nanos() {
        return nanos;
    }

    AtomicBoolean ready() {
        return ready;
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    HttpClient client() {
        return client;
    }

    int port() {
        return api.address().orElseThrow().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        // As kubeseal, the client sends no Content-Type by itself.
        return client.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    static String seal(UnsealingKey key, Scope scope, String text) {
        return key.certificate().seal(SecretValue.ofUtf8(text), scope.label("team", "db"), RANDOM);
    }

    static ObjectNode object(Scope scope, Map<String, String> values) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", "bitnami.com/v1alpha1").put("kind", "SealedSecret");
        ObjectNode metadata =
                object.putObject("metadata").put("name", "db").put("namespace", "team");
        ObjectNode annotations = metadata.putObject("annotations");
        scope.annotations().forEach(annotations::put);
        ObjectNode data = object.putObject("spec").putObject("encryptedData");
        values.forEach(data::put);
        return object;
    }

    static ObjectNode sealed() {
        return object(
                Scope.STRICT,
                Map.of(
                        "password",
                        seal(OLD, Scope.STRICT, "c4n4ry"),
                        "user",
                        seal(NEW, Scope.STRICT, "app")));
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    static void assertStatus(HttpResponse<String> response, int code) {
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode status = read(response.body());
        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(status.path("status").asText()).isEqualTo("Failure");
        assertThat(status.path("code").asInt()).isEqualTo(code);
        assertThat(status.path("message").asText()).isNotBlank().doesNotContain("c4n4ry");
    }
}
