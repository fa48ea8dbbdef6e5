package dev.signet.operator.sealedsecret.web;

import static dev.signet.operator.sealedsecret.web.ApiRig.RING;
import static dev.signet.operator.sealedsecret.web.ApiRig.assertStatus;
import static dev.signet.operator.sealedsecret.web.ApiRig.object;
import static dev.signet.operator.sealedsecret.web.ApiRig.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.sealed.Scope;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused, and how often and how much may be asked. */
@Timeout(120)
class ApiBoundsTest {

    private final ApiRig rig = new ApiRig();

    @AfterEach
    void close() {
        rig.close();
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
            rig.nanos().addAndGet(Duration.ofMinutes(1).toNanos());
            assertStatus(rig.post("/v1/verify", body), 500);
            assertStatus(rig.post("/v1/rotate", body), 500);
        }
    }

    @Test
    void bodyThatIsLargerThanAnObjectMayBeIsRefused() throws Exception {
        String large = " ".repeat(BoundedWork.MOST_BYTES) + sealed();

        assertStatus(rig.post("/v1/verify", large), 413);
        assertStatus(rig.post("/v1/rotate", large), 413);
    }

    @Test
    void limitsRatesWithTheHeadersThatClientsKnow() throws Exception {
        rig.restart(RING, 2, 2, true);
        String body = sealed().toString();

        HttpResponse<String> first = rig.post("/v1/verify", body);
        rig.post("/v1/verify", body);
        rig.post("/v1/verify", body);
        HttpResponse<String> tooMany = rig.post("/v1/verify", body);

        assertThat(first.headers().firstValue("X-RateLimit-Limit")).contains("3");
        assertThat(first.headers().firstValue("X-RateLimit-Remaining")).contains("2");
        assertThat(first.headers().firstValue("X-RateLimit-Reset")).contains("1");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).contains("1");
        assertThat(tooMany.body()).isEqualTo("limit exceeded\n");
        assertThat(rig.post("/v1/rotate", body).statusCode()).isEqualTo(200);
        assertThat(rig.get("/v1/cert.pem").statusCode()).isEqualTo(200);
        rig.nanos().addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(rig.post("/v1/verify", body).statusCode()).isEqualTo(200);
    }

    @Test
    void limitIsOfTheLastForwardedAddressWhichTheApiServerWrites() throws Exception {
        rig.restart(RING, 2, 2, true);
        String body = sealed().toString();
        int[] codes = new int[5];
        for (int i = 0; i < codes.length; i++) {
            HttpRequest forged =
                    rig.request("/v1/verify")
                            .header("X-Forwarded-For", "forged-%d, 192.0.2.7".formatted(i))
                            .POST(BodyPublishers.ofString(body))
                            .build();
            codes[i] = rig.client().send(forged, BodyHandlers.ofString()).statusCode();
        }
        HttpRequest other =
                rig.request("/v1/verify")
                        .header("X-Forwarded-For", "192.0.2.8")
                        .POST(BodyPublishers.ofString(body))
                        .build();

        assertThat(codes).containsExactly(200, 200, 200, 429, 429);
        assertThat(rig.client().send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void requestThatBreaksOffHarmsNobody() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        assertThat(rig.post("/v1/verify", sealed().toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void aLengthThatIsTooLargeIsRefusedBeforeTheBodyComes() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes("HTTP/1.1 413".length());

            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    /** Those who send nothing hold places for seconds; the others are asked for none. */
    @Test
    void whoSendsNoBodyKeepsNobodyOut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
                silent.add(socket);
                socket.getOutputStream()
                        .write(
                                "POST /v1/verify HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.%d\r\nContent-Length: 1000\r\n\r\n{"
                                        .formatted(i)
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            HttpResponse<String> other = rig.post("/v1/verify", sealed().toString());

            // All of them come from one source, of which so many may wait and no more.
            assertThat(other.statusCode()).isIn(200, 503);
            assertThat(rig.get("/v1/cert.pem").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        Awaitility.await()
                .until(() -> rig.post("/v1/verify", sealed().toString()).statusCode() == 200);
    }
}
