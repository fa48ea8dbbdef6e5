package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.operator.observe.AddressUnavailableException;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.UnsealingKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SealedSecretsApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final UnsealingKey OLD = key("old");
    private static final UnsealingKey NEW = key("new");
    private static final UnsealingKey FOREIGN = key("foreign");
    private static final KeyRing RING = new KeyRing(List.of(NEW, OLD));

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

    private void restart(KeyRing ring, double rate, int burst, boolean legacy) {
        api.close();
        api = start(ring, rate, burst, legacy);
    }

    @AfterEach
    void close() {
        api.close();
        client.close();
    }

    private int port() {
        return api.address().orElseThrow().getPort();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        // As kubeseal, the client sends no Content-Type by itself.
        return client.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static String seal(UnsealingKey key, Scope scope, String text) {
        return key.certificate().seal(SecretValue.ofUtf8(text), scope.label("team", "db"), RANDOM);
    }

    private static ObjectNode object(Scope scope, Map<String, String> values) {
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

    private static ObjectNode sealed() {
        return object(
                Scope.STRICT,
                Map.of(
                        "password",
                        seal(OLD, Scope.STRICT, "c4n4ry"),
                        "user",
                        seal(NEW, Scope.STRICT, "app")));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }

    private static void assertStatus(HttpResponse<String> response, int code) {
        assertThat(response.statusCode()).isEqualTo(code);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode status = read(response.body());
        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(status.path("status").asText()).isEqualTo("Failure");
        assertThat(status.path("code").asInt()).isEqualTo(code);
        assertThat(status.path("message").asText()).isNotBlank().doesNotContain("c4n4ry");
    }

    @Test
    void givesTheCertificateOfTheNewestKeyToAnyMethod() throws Exception {
        HttpResponse<String> response = get("/v1/cert.pem");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/x-pem-file");
        assertThat(response.body()).isEqualTo(NEW.certificate().pem());
        assertThat(post("/v1/cert.pem", "x").body()).isEqualTo(NEW.certificate().pem());
        HttpResponse<String> head =
                client.send(request("/v1/cert.pem").HEAD().build(), BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void withoutAKeyThereIsNoCertificateAndNothingIsJudged() throws Exception {
        restart(KeyRing.EMPTY, 20, 40, true);

        HttpResponse<String> certificate = get("/v1/cert.pem");
        assertThat(certificate.statusCode()).isEqualTo(500);
        assertThat(certificate.headers().firstValue("Content-Type"))
                .contains("text/plain; charset=utf-8");
        assertThat(certificate.body()).isEqualTo("cannot get certificate\n");
        assertStatus(post("/v1/verify", sealed().toString()), 503);
        assertStatus(post("/v1/rotate", sealed().toString()), 503);
    }

    @Test
    void tellsHealthAndReadiness() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").body()).isEqualTo("ok\n");

        ready.set(false);

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        HttpResponse<String> unready = get("/readyz");
        assertThat(unready.statusCode()).isEqualTo(503);
        assertThat(unready.body()).isEqualTo("not ready\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/v1", "/v1/verify/", "/v1/certxpem", "/v2/verify"})
    void otherPathsAreNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void verifiesWhatOpensInEveryScope() throws Exception {
        for (Scope scope : Scope.values()) {
            String body = object(scope, Map.of("a", seal(OLD, scope, "1"))).toString();
            HttpResponse<String> response = post("/v1/verify", body);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        assertThat(post("/v1/verify", object(Scope.STRICT, Map.of()).toString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void readsYamlToo() throws Exception {
        String yaml =
                """
                ---
                # a comment
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: db, namespace: team, creationTimestamp: null}
                spec:
                  encryptedData:
                    a: %s
                  template:
                    data: null
                status: {}
                """
                        .formatted(seal(NEW, Scope.STRICT, "1"));

        assertThat(post("/v1/verify", yaml).statusCode()).isEqualTo(200);
        assertThat(post("/v1/rotate", yaml).statusCode()).isEqualTo(200);
    }

    @Test
    void whatDoesNotOpenIsOneAnswerWhateverTheReason() throws Exception {
        String good = seal(NEW, Scope.STRICT, "1");
        String changed =
                good.substring(0, 100)
                        + (good.charAt(100) == 'A' ? "B" : "A")
                        + good.substring(101);
        List<String> values =
                List.of(
                        seal(FOREIGN, Scope.STRICT, "1"),
                        seal(NEW, Scope.CLUSTER_WIDE, "1"),
                        changed,
                        "not base64!",
                        "QQ==",
                        "");
        for (String value : values) {
            HttpResponse<String> verified =
                    post(
                            "/v1/verify",
                            object(Scope.STRICT, Map.of("a", value, "b", good)).toString());
            HttpResponse<String> rotated =
                    post("/v1/rotate", object(Scope.STRICT, Map.of("a", value)).toString());

            assertStatus(verified, 409);
            assertStatus(rotated, 500);
            assertThat(read(verified.body()).path("message"))
                    .isEqualTo(read(rotated.body()).path("message"));
            assertThat(read(verified.body()).path("message").asText())
                    .contains("SealedSecret team/db (scope strict)");
        }
    }

    @Test
    void whatIsNoSealedSecretIsRefusedWithAReason() throws Exception {
        ObjectNode secret = sealed();
        secret.put("kind", "Secret");
        ObjectNode version = sealed();
        version.put("apiVersion", "v1");
        ObjectNode numbers = object(Scope.STRICT, Map.of());
        ((ObjectNode) numbers.at("/spec/encryptedData")).put("a", 1);
        ObjectNode flag = sealed();
        ((ObjectNode) flag.at("/metadata/annotations"))
                .put("sealedsecrets.bitnami.com/cluster-wide", true);
        String one = sealed().toString();
        List<String> bodies =
                List.of(
                        "",
                        "c4n4ry",
                        "[]",
                        "{",
                        "{\"a\":",
                        one + one,
                        "---\n" + one + "\n---\n" + one + "\n",
                        "a: &a [c4n4ry]\nb: *a\n",
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000),
                        secret.toString(),
                        version.toString(),
                        numbers.toString(),
                        flag.toString());
        for (String body : bodies) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertStatus(post("/v1/verify", body), 500);
            assertStatus(post("/v1/rotate", body), 500);
        }
    }

    @Test
    void bodyThatIsLargerThanAnObjectMayBeIsRefused() throws Exception {
        String large = " ".repeat(BoundedWork.MOST_BYTES) + sealed();

        assertStatus(post("/v1/verify", large), 413);
        assertStatus(post("/v1/rotate", large), 413);
    }

    @Test
    void rotatesToTheNewestKeyAndLeavesAllElseAsItIs() throws Exception {
        for (Scope scope : Scope.values()) {
            ObjectNode before = object(scope, Map.of("a", seal(OLD, scope, "c4n4ry")));
            ((ObjectNode) before.path("metadata"))
                    .put("resourceVersion", "7")
                    .putObject("labels")
                    .put("argocd.argoproj.io/sync-wave", "1");
            ObjectNode template = ((ObjectNode) before.path("spec")).putObject("template");
            template.put("type", "Opaque").put("immutable", true);
            template.putObject("data").put("url", "{{ .a }}").putNull("gone");
            template.putObject("metadata").putObject("labels").put("app", "db");
            before.put("unknown", 1.50);
            before.putObject("status").put("observedGeneration", 3);

            HttpResponse<String> response = post("/v1/rotate", before.toString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body()).doesNotContain("\n");
            ObjectNode after = (ObjectNode) read(response.body());
            String value = after.at("/spec/encryptedData/a").asText();
            assertThat(value).isNotEqualTo(before.at("/spec/encryptedData/a").asText());
            assertThat(opened(scope, value, NEW)).isEqualTo("c4n4ry");
            ((ObjectNode) after.at("/spec/encryptedData"))
                    .set("a", before.at("/spec/encryptedData/a"));
            assertThat(after).isEqualTo(read(before.toString()));
        }
    }

    private static String opened(Scope scope, String value, UnsealingKey key)
            throws InterruptedException {
        try (Opener opener = new Opener(1)) {
            Opened opened =
                    opener.open(
                            new SealedItems("team", "db", scope, Map.of("a", value)),
                            new KeyRing(List.of(key)));
            return ((Opened.Values) opened).values().get("a").utf8();
        }
    }

    /** CVE-2026-22728: who may choose the scope can open what was sealed for somebody else. */
    @Test
    void scopeIsNeverTakenFromTheTemplate() throws Exception {
        ObjectNode object = object(Scope.STRICT, Map.of("a", seal(OLD, Scope.STRICT, "c4n4ry")));
        ObjectNode annotations =
                ((ObjectNode) object.path("spec"))
                        .putObject("template")
                        .putObject("metadata")
                        .putObject("annotations");
        annotations.put("sealedsecrets.bitnami.com/cluster-wide", "true");

        String value =
                read(post("/v1/rotate", object.toString()).body())
                        .at("/spec/encryptedData/a")
                        .asText();

        assertThat(opened(Scope.STRICT, value, NEW)).isEqualTo("c4n4ry");
        assertThatThrownBy(() -> opened(Scope.CLUSTER_WIDE, value, NEW))
                .isInstanceOf(ClassCastException.class);
        ObjectNode wide = object(Scope.STRICT, Map.of("a", seal(OLD, Scope.CLUSTER_WIDE, "1")));
        ((ObjectNode) wide.path("spec")).set("template", object.at("/spec/template"));
        assertThat(post("/v1/verify", wide.toString()).statusCode()).isEqualTo(409);
    }

    /** Whether a template fails would tell of the value that it looks at. */
    @Test
    void templatesAreNeverRendered() throws Exception {
        ObjectNode object = sealed();
        ((ObjectNode) object.path("spec"))
                .putObject("template")
                .putObject("data")
                .put(
                        "x",
                        "{{ if hasPrefix \"c\" .password }}{{ fail \"yes\" }}{{ end }}{{ nope }}");

        assertThat(post("/v1/verify", object.toString()).statusCode()).isEqualTo(200);
        HttpResponse<String> rotated = post("/v1/rotate", object.toString());
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(read(rotated.body()).at("/spec/template"))
                .isEqualTo(object.at("/spec/template"));
    }

    @Test
    void wholeSecretOfOldVersionsStaysSealedAsOneValue() throws Exception {
        ObjectNode object = object(Scope.STRICT, Map.of());
        ((ObjectNode) object.path("spec")).put("data", seal(OLD, Scope.STRICT, "{}"));

        assertThat(post("/v1/verify", object.toString()).statusCode()).isEqualTo(200);
        JsonNode rotated = read(post("/v1/rotate", object.toString()).body());
        assertThat(opened(Scope.STRICT, rotated.at("/spec/data").asText(), NEW)).isEqualTo("{}");
        assertThat(rotated.at("/spec/encryptedData")).isEmpty();

        ObjectNode both = sealed();
        ((ObjectNode) both.path("spec")).put("data", seal(OLD, Scope.STRICT, "{}"));
        assertStatus(post("/v1/verify", both.toString()), 500);
        restart(RING, 20, 40, false);
        assertStatus(post("/v1/rotate", object.toString()), 500);
    }

    @Test
    void limitsRatesWithTheHeadersThatClientsKnow() throws Exception {
        restart(RING, 2, 2, true);
        String body = sealed().toString();

        HttpResponse<String> first = post("/v1/verify", body);
        post("/v1/verify", body);
        post("/v1/verify", body);
        HttpResponse<String> tooMany = post("/v1/verify", body);

        assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("3");
        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("2");
        assertThat(first.headers().firstValue("X-RateLimit-Reset")).contains("1");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).contains("1");
        assertThat(tooMany.body()).isEqualTo("limit exceeded\n");
        assertThat(post("/v1/rotate", body).statusCode()).isEqualTo(200);
        assertThat(get("/v1/cert.pem").statusCode()).isEqualTo(200);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(post("/v1/verify", body).statusCode()).isEqualTo(200);
    }

    @Test
    void limitIsOfTheLastForwardedAddressWhichTheApiServerWrites() throws Exception {
        restart(RING, 2, 2, true);
        String body = sealed().toString();
        int[] codes = new int[5];
        for (int i = 0; i < codes.length; i++) {
            HttpRequest forged =
                    request("/v1/verify")
                            .header("X-Forwarded-For", "forged-%d, 192.0.2.7".formatted(i))
                            .POST(BodyPublishers.ofString(body))
                            .build();
            codes[i] = client.send(forged, BodyHandlers.ofString()).statusCode();
        }
        HttpRequest other =
                request("/v1/verify")
                        .header("X-Forwarded-For", "192.0.2.8")
                        .POST(BodyPublishers.ofString(body))
                        .build();

        assertThat(codes).containsExactly(200, 200, 200, 429, 429);
        assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void requestThatBreaksOffHarmsNobody() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        assertThat(post("/v1/verify", sealed().toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void countsRequestsWithBoundedLabels() throws Exception {
        post("/v1/verify", sealed().toString());
        get("/v1/cert.pem");
        get("/elsewhere/c4n4ry");
        client.send(
                request("/v1/cert.pem").method("MADEUP", BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());

        assertThat(count("/v1/verify", "200", "post")).isEqualTo(1);
        assertThat(count("/v1/cert.pem", "200", "get")).isEqualTo(1);
        assertThat(count("/v1/cert.pem", "200", "unknown")).isEqualTo(1);
        assertThat(meters.find("sealed.secrets.controller.http.requests").counters()).hasSize(3);
        assertThat(
                        meters.get("sealed.secrets.controller.http.request.duration")
                                .tag("path", "/v1/verify")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    private double count(String path, String code, String method) {
        return meters.get("sealed.secrets.controller.http.requests")
                .tag("path", path)
                .tag("code", code)
                .tag("method", method)
                .counter()
                .count();
    }

    @Test
    void addressZeroServesNothingAndOneInUseIsTold() {
        String taken = "127.0.0.1:" + port();

        assertThatThrownBy(() ->
                        SealedSecretsApi.start(
                                new ApiSettings(BindAddress.parse(taken), 1, 1),
                                true,
                                Keys.of(RING),
                                ready::get,
                                meters))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessageContaining("--sealed-secrets-listen-address");
        try (SealedSecretsApi off =
                SealedSecretsApi.start(ApiSettings.OFF, true, Keys.of(RING), ready::get, meters)) {
            assertThat(off.address()).isEmpty();
        }
    }
}
