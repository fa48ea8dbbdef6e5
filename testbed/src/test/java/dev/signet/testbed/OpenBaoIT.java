package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenBaoIT {

    private static final String READ_APP =
            """
            path "secret/data/app" {
              capabilities = ["read"]
            }
            """;

    private static OpenBao bao;

    @BeforeAll
    static void start() {
        bao = OpenBao.builder(Binaries.discover()).start();
        bao.api().policy("app", READ_APP);
        bao.api().putKv2("secret", "app", Map.of("password", "s3cr3t"));
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    @Test
    void servesWhatWasWritten() {
        JsonNode secret = bao.api().read("secret/data/app").orElseThrow();

        assertThat(secret.at("/data/data/password").asText()).isEqualTo("s3cr3t");
        assertThat(bao.api().read("secret/data/none")).isEmpty();
    }

    @Test
    void mountsKvOfBothVersions() {
        bao.api().enableKv("one", 1);
        bao.api().enableKv("two", 2);

        bao.api().write("one/a", Map.of("k", "v1"));
        bao.api().putKv2("two", "a", Map.of("k", "v2"));

        assertThat(bao.api().read("one/a").orElseThrow().at("/data/k").asText()).isEqualTo("v1");
        assertThat(bao.api().read("two/data/a").orElseThrow().at("/data/data/k").asText())
                .isEqualTo("v2");
    }

    @Test
    void auditLogCountsLoginsAndReads() {
        bao.api().enableAuth("approle", "approle");
        VaultApi.AppRole role =
                bao.api().appRole("approle", "app", List.of("app"), Duration.ofMinutes(5));
        AuditLog audit = bao.audit().fromNow();

        String token =
                login("approle", Map.of("role_id", role.roleId(), "secret_id", role.secretId()));
        bao.apiAs(token).read("secret/data/app");
        ApiReply refused = bao.apiAs(token).send("GET", "secret/data/other", null);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(audit.logins()).isEqualTo(1);
        assertThat(audit.kvReads()).isEqualTo(2);
        assertThat(audit.count(e -> e.path().equals("secret/data/app") && e.error().isEmpty()))
                .isEqualTo(1);
        assertThat(audit.entries().getLast().error()).contains("permission denied");
        assertThat(role.toString()).doesNotContain(role.secretId());
    }

    @Test
    void believesJwtsOfAStaticKey() throws Exception {
        KeyPair keys = Pem.rsaKeyPair();
        bao.api().enableJwtAuth("jwt", Pem.encode("PUBLIC KEY", keys.getPublic().getEncoded()));
        bao.api().jwtRole("jwt", "app", "me", "vault", List.of("app"));

        String token = login("jwt", Map.of("role", "app", "jwt", jwt(keys, "me", "vault")));

        assertThat(bao.apiAs(token).read("secret/data/app")).isPresent();
    }

    @Test
    void reviewsServiceAccountTokensAtTheControlPlane() {
        ControlPlane plane = SharedControlPlane.get();
        String namespace = SharedControlPlane.freshNamespace();
        ServiceAccountUser user = plane.api().serviceAccount(namespace, "app", List.of());
        bao.api().enableKubernetesAuth("kubernetes", plane);
        bao.api().kubernetesRole("kubernetes", "app", namespace, "app", List.of("app"));

        String token = login("kubernetes", Map.of("role", "app", "jwt", user.token()));

        assertThat(bao.apiAs(token).read("secret/data/app")).isPresent();
    }

    @Test
    void namespacesAreApart() {
        VaultApi team = bao.api().createNamespace("team");
        team.enableKv("secret", 2);
        team.putKv2("secret", "app", Map.of("password", "theirs"));

        assertThat(team.read("secret/data/app").orElseThrow().at("/data/data/password").asText())
                .isEqualTo("theirs");
        assertThat(bao.audit().count(e -> e.namespace().equals("team/"))).isPositive();
    }

    @Test
    void tokensCarryTheirPoliciesAlone() {
        String token = bao.api().createToken(List.of("app"), Duration.ofMinutes(1));

        assertThat(bao.apiAs(token).send("GET", "sys/mounts", null).status()).isEqualTo(403);
        assertThat(bao.apiAs(token).read("secret/data/app")).isPresent();
    }

    @Test
    void sealsAndUnseals() {
        try (OpenBao own = OpenBao.builder(Binaries.discover()).start()) {
            own.seal();
            assertThat(own.api().send("GET", "secret/data/app", null).status()).isEqualTo(503);

            own.unseal();

            assertThat(own.api().read("secret/config")).isPresent();
        }
    }

    @Test
    void speaksTlsWithItsOwnCertificate() {
        try (OpenBao own = OpenBao.builder(Binaries.discover()).withTls().start()) {
            assertThat(own.address().getScheme()).isEqualTo("https");
            assertThat(own.caCertificate()).contains("BEGIN CERTIFICATE");
            assertThat(own.api().read("secret/config")).isPresent();
        }
    }

    @Test
    void persistentServerKeepsDataTokenAndAddressOverARestart() {
        try (OpenBao own =
                OpenBao.builder(Binaries.discover()).persistent().withRootToken("mine").start()) {
            own.api().enableKv("secret", 2);
            own.api().putKv2("secret", "app", Map.of("password", "kept"));
            own.stop();

            own.start();

            assertThat(own.rootToken()).isEqualTo("mine");
            assertThat(own.api().read("secret/data/app")).isPresent();
            own.seal();
            own.unseal();
            assertThat(own.audit().kvReads()).isPositive();
        }
    }

    private static String login(String path, Map<String, String> credentials) {
        return bao.apiAs("")
                .write("auth/" + path + "/login", credentials)
                .at("/auth/client_token")
                .asText();
    }

    private static String jwt(KeyPair keys, String subject, String audience)
            throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String signed =
                base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(UTF_8))
                        + "."
                        + base64(
                                "{\"sub\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
                                        .formatted(subject, audience, now, now + 300)
                                        .getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
