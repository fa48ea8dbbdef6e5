package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import dev.signet.testbed.VaultApi;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tokens: how they are obtained, shared, renewed, replaced and revoked. */
class LoginIT {

    private static final int READERS = 50;

    private static OpenBao bao;
    private static VaultApi.AppRole app;

    @BeforeAll
    static void start() {
        bao = OpenBao.builder(Binaries.discover()).start();
        VaultApi api = bao.api();
        api.policy("app", "path \"secret/*\" { capabilities = [\"read\", \"list\"] }");
        api.putKv2("secret", "app", Map.of("password", "s3cr3t"));
        for (int i = 0; i < READERS; i++) {
            api.putKv2("secret", "many/" + i, Map.of("i", Integer.toString(i)));
        }
        api.enableAuth("approle", "approle");
        app = api.appRole("approle", "app", List.of("app"), Duration.ofMinutes(10));
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    private static Fixture appRole(VaultApi.AppRole role) {
        return Fixture.of(Specs.at(bao.address()).appRole(role.roleId()), secretId(role));
    }

    private static FakeReferences secretId(VaultApi.AppRole role) {
        return new FakeReferences().secret("approle/secret-id", role.secretId() + "\n");
    }

    /** All outcomes of readers that start at the same moment, each with a key of its own. */
    private static List<ReadOutcome<SecretValue>> readAtOnce(Fixture session) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<ReadOutcome<SecretValue>>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < READERS; i++) {
                String key = "many/" + i;
                running.add(
                        threads.submit(() -> {
                            start.await();
                            return session.read(key, "i");
                        }));
            }
            start.countDown();
            List<ReadOutcome<SecretValue>> outcomes = new ArrayList<>();
            for (Future<ReadOutcome<SecretValue>> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        }
    }

    private static long revocations(AuditLog audit) {
        return audit.count(e -> e.path().equals("auth/token/revoke-self") && e.error().isEmpty());
    }

    /** Ends all tokens of AppRole, as an administrator would. */
    private static void revokeAll() {
        bao.api().send("POST", "sys/leases/revoke-prefix/auth/approle", Map.of());
    }

    @Test
    void manyReadersAtOnceShareOneLoginAndClosingRevokesIt() throws Exception {
        AuditLog audit = bao.audit().fromNow();

        try (Fixture session = appRole(app)) {
            assertThat(readAtOnce(session)).allMatch(ReadOutcome.Found.class::isInstance);
            assertThat(session.count("Login")).isEqualTo(1);
        }

        assertThat(audit.logins()).isEqualTo(1);
        assertThat(audit.kvReads()).isEqualTo(READERS);
        assertThat(revocations(audit)).isEqualTo(1);
    }

    @Test
    void revokedTokenCostsOneLoginHoweverManyReadersMeetIt() throws Exception {
        try (Fixture session = appRole(app)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            AuditLog audit = bao.audit().fromNow();
            revokeAll();

            assertThat(readAtOnce(session)).allMatch(ReadOutcome.Found.class::isInstance);

            assertThat(audit.logins()).isEqualTo(1);
        }
    }

    @Test
    void refusedPathIsDeniedWithoutAnotherLogin() throws Exception {
        bao.api().enableKv("closed", 2);
        try (Fixture session =
                Fixture.of(
                        Specs.at(bao.address()).path("closed").appRole(app.roleId()),
                        secretId(app))) {
            AuditLog audit = bao.audit().fromNow();

            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);

            assertThat(audit.logins()).isEqualTo(1);
        }
    }

    @Test
    void tokenThatMayNotLookAtItselfIsNotReplacedForEachRefusal() throws Exception {
        bao.api()
                .write(
                        "auth/approle/role/bare",
                        Map.of("token_policies", List.of("app"), "token_no_default_policy", true));
        VaultApi.AppRole bare =
                new VaultApi.AppRole(
                        "approle",
                        bao.api()
                                .read("auth/approle/role/bare/role-id")
                                .orElseThrow()
                                .at("/data/role_id")
                                .asText(),
                        bao.api()
                                .write("auth/approle/role/bare/secret-id", Map.of())
                                .at("/data/secret_id")
                                .asText());
        try (Fixture session =
                Fixture.of(
                        Specs.at(bao.address()).path("forbidden").appRole(bare.roleId()),
                        secretId(bare))) {
            AuditLog audit = bao.audit().fromNow();
            for (int i = 0; i < 5; i++) {
                assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);
            }
            assertThat(audit.logins()).isEqualTo(2);
        }
    }

    @Test
    void tokenIsRenewedBeforeItExpiresAndReplacedAtTheEndOfItsLife() throws Exception {
        bao.api()
                .write(
                        "auth/approle/role/short",
                        Map.of(
                                "token_policies", List.of("app"),
                                "token_ttl", "4s",
                                "token_max_ttl", "10s"));
        VaultApi.AppRole role = shortLived();
        try (Fixture session = appRole(role)) {
            Instant end = Instant.now().plusSeconds(14);
            while (Instant.now().isBefore(end)) {
                assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
                Thread.sleep(200);
            }
            assertThat(session.count("RenewSelf")).isGreaterThanOrEqualTo(2);
            assertThat(session.count("Login")).isBetween(2L, 3L);
            // Each read was answered with its value; one that was under way when a busy machine
            // stood
            // still may have met the end of its token and been repeated with the next.
            assertThat(session.count("ReadSecretData failed")).isLessThanOrEqualTo(1L);
        }
    }

    private static VaultApi.AppRole shortLived() {
        return new VaultApi.AppRole(
                "approle",
                bao.api()
                        .read("auth/approle/role/short/role-id")
                        .orElseThrow()
                        .at("/data/role_id")
                        .asText(),
                bao.api()
                        .write("auth/approle/role/short/secret-id", Map.of())
                        .at("/data/secret_id")
                        .asText());
    }

    @Test
    void tokenThatRanOutWhileNobodyReadIsReplaced() throws Exception {
        VaultApi.AppRole brief =
                bao.api().appRole("approle", "brief", List.of("app"), Duration.ofSeconds(1));
        try (Fixture session = appRole(brief)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            Thread.sleep(1500);
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(session.count("Login")).isEqualTo(2);
        }
    }

    @Test
    void rotatedSecretIdIsReadAtTheNextLogin() throws Exception {
        VaultApi.AppRole role =
                bao.api().appRole("approle", "rotating", List.of("app"), Duration.ofMinutes(5));
        FakeReferences references = secretId(role);
        try (Fixture session =
                Fixture.of(Specs.at(bao.address()).appRole(role.roleId()), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            bao.api()
                    .write(
                            "auth/approle/role/rotating/secret-id/destroy",
                            Map.of("secret_id", role.secretId()));
            revokeAll();
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);

            String fresh =
                    bao.api()
                            .write("auth/approle/role/rotating/secret-id", Map.of())
                            .at("/data/secret_id")
                            .asText();
            references.secret("approle/secret-id", fresh);

            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        }
    }

    @Test
    void refusedLoginIsDeniedAndQuotesNoCredential() throws Exception {
        FakeReferences wrong = new FakeReferences().secret("approle/secret-id", "wr0ng-secret-id");
        try (Fixture session = Fixture.of(Specs.at(bao.address()).appRole(app.roleId()), wrong)) {
            var outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("AppRole at auth/approle")
                    .doesNotContain("wr0ng");
            assertThat(session.client.validate()).isInstanceOf(StoreHealth.Unusable.class);
        }
    }

    @Test
    void missingCredentialMakesTheStoreInvalidAndNotTheSecretMissing() throws Exception {
        try (Fixture session =
                Fixture.of(Specs.at(bao.address()).appRole(app.roleId()), new FakeReferences())) {
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void loginThatIsNotMountedIsNotAMissingSecret() throws Exception {
        VaultAuth elsewhere =
                new VaultAuth(
                        "",
                        null,
                        new VaultAppRole(
                                "nowhere",
                                app.roleId(),
                                null,
                                new SecretKeySelector("approle", "", "secret-id")),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        try (Fixture session = Fixture.of(Specs.at(bao.address()).auth(elsewhere), secretId(app))) {
            assertThat(session.read("app"))
                    .isInstanceOfAny(ReadOutcome.Denied.class, ReadOutcome.Invalid.class);
        }
    }

    @Test
    void replacedTokenSecretIsTakenUpOnRefusal() throws Exception {
        String first = bao.api().createToken(List.of("app"), Duration.ofMinutes(5));
        String second = bao.api().createToken(List.of("app"), Duration.ofMinutes(5));
        FakeReferences references = Fixture.tokenSecret(first);
        AuditLog audit = bao.audit().fromNow();
        try (Fixture session = Fixture.of(Specs.at(bao.address()).token(), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            bao.apiAs(first).send("POST", "auth/token/revoke-self", Map.of());
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);

            references.secret("vault-token/token", second + "\n");

            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        }
        // The one revocation is that of this test: a given token is not the session's to end.
        assertThat(revocations(audit)).isEqualTo(1);
    }

    @Test
    void tokenThatIsNoHeaderIsInvalidAndNotQuoted() throws Exception {
        try (Fixture session =
                Fixture.of(Specs.at(bao.address()).token(), Fixture.tokenSecret("s.a\nb"))) {
            var outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome)).doesNotContain("s.a");
        }
    }

    @Test
    void logsInWithAJwtFromASecretOrFromTheCluster() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String publicKey =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n";
        bao.api().enableJwtAuth("jwt", publicKey);
        bao.api().jwtRole("jwt", "app", "me", "vault", List.of("app"));
        var fromSecret =
                new VaultJwtAuth("jwt", "app", new SecretKeySelector("jwt", "", "token"), null);
        var fromCluster =
                new VaultJwtAuth(
                        "jwt",
                        "app",
                        null,
                        new VaultServiceAccountToken(
                                new ServiceAccountSelector("app", "", List.of()), List.of(), null));
        FakeReferences references =
                new FakeReferences()
                        .secret("jwt/token", jwt(keys, "vault"))
                        .tokens((account, audiences, lifetime) ->
                                lifetime.equals(Duration.ofMinutes(10))
                                        ? jwt(keys, audiences.getFirst())
                                        : "");
        try (Fixture secret = Fixture.of(Specs.at(bao.address()).jwt(fromSecret), references);
                Fixture cluster =
                        Fixture.of(Specs.at(bao.address()).jwt(fromCluster), references)) {
            assertThat(Fixture.text(secret.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(Fixture.text(cluster.read("app", "password"))).isEqualTo("s3cr3t");
            references.secret("jwt/token", jwt(keys, "elsewhere"));
        }
        try (Fixture foreign = Fixture.of(Specs.at(bao.address()).jwt(fromSecret), references)) {
            assertThat(foreign.read("app")).isInstanceOf(ReadOutcome.Denied.class);
        }
    }

    private static String jwt(KeyPair keys, String audience) {
        long now = Instant.now().getEpochSecond();
        String claims =
                "{\"sub\":\"me\",\"aud\":\"%s\",\"iat\":%d,\"nbf\":%d,\"exp\":%d}"
                        .formatted(audience, now, now - 5, now + 300);
        String signed = base64("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void logsInWithAServiceAccountThatTheClusterVouchesFor() throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        String namespace = SharedControlPlane.freshNamespace();
        plane.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                        Map.of("metadata", Map.of("name", "app")));
        bao.api().enableKubernetesAuth("kubernetes", plane);
        bao.api().kubernetesRole("kubernetes", "app", namespace, "app", List.of("app"));
        FakeReferences references =
                new FakeReferences()
                        .secret("own/token", plane.api().token(namespace, "app", List.of()))
                        .tokens((account, audiences, lifetime) ->
                                plane.api().token(namespace, account.name(), audiences));
        var account = new ServiceAccountSelector("app", namespace, List.of());
        var other = new ServiceAccountSelector("default", namespace, List.of());
        plane.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                        Map.of("metadata", Map.of("name", "default")));
        Specs at = Specs.at(bao.address());
        try (Fixture session = Fixture.of(at.kubernetes("app", account), references);
                Fixture own = Fixture.of(at.kubernetes("app", null), references);
                Fixture stranger = Fixture.of(at.kubernetes("app", other), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(Fixture.text(own.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(stranger.read("app")).isInstanceOf(ReadOutcome.Denied.class);
        }
    }

    @Test
    void logsInInTheNamespaceOfTheLogin() throws Exception {
        VaultApi team = bao.api().createNamespace("logins");
        team.enableKv("secret", 2);
        team.putKv2("secret", "app", Map.of("k", "there"));
        team.policy("app", "path \"secret/*\" { capabilities = [\"read\"] }");
        team.enableAuth("approle", "approle");
        VaultApi.AppRole role =
                team.appRole("approle", "app", List.of("app"), Duration.ofMinutes(5));
        try (Fixture session =
                Fixture.of(
                        Specs.at(bao.address()).namespace("logins").appRole(role.roleId()),
                        secretId(role))) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("there");
            assertThat(session.client.validate()).isInstanceOf(StoreHealth.Valid.class);
        }
    }

    @Test
    void logsInInOneNamespaceAndReadsInAnother() throws Exception {
        VaultApi outer = bao.api().createNamespace("outer");
        outer.createNamespace("inner");
        VaultApi inner = bao.api().in("outer/inner");
        inner.enableKv("secret", 2);
        inner.putKv2("secret", "app", Map.of("k", "inside"));
        outer.policy("app", "path \"inner/secret/*\" { capabilities = [\"read\"] }");
        outer.enableAuth("approle", "approle");
        VaultApi.AppRole role =
                outer.appRole("approle", "app", List.of("app"), Duration.ofMinutes(5));
        AuditLog audit = bao.audit().fromNow();
        var login =
                new VaultAppRole(
                        "approle",
                        role.roleId(),
                        null,
                        new SecretKeySelector("approle", "", "secret-id"));
        Specs spec =
                Specs.at(bao.address())
                        .namespace("outer/inner")
                        .auth(
                                new VaultAuth(
                                        "outer", null, login, null, null, null, null, null, null,
                                        null));
        try (Fixture session = Fixture.of(spec, secretId(role))) {
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("inside");
            assertThat(session.client.validate()).isInstanceOf(StoreHealth.Valid.class);
            assertThat(session.read("../secret")).isInstanceOf(ReadOutcome.Invalid.class);
        }
        assertThat(revocations(audit)).isEqualTo(1);
    }

    @Test
    void withoutAuthRequestsCarryNoToken() throws Exception {
        try (Fixture session = Fixture.of(Specs.at(bao.address()), new FakeReferences())) {
            assertThat(session.read(RemoteRef.of("app"))).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(session.count("Login")).isZero();
        }
    }

    @Test
    void mostTalkativeLogHoldsNoCredentialAndNoValue() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger spring = (Logger) LoggerFactory.getLogger("org.springframework");
        spring.addAppender(log);
        spring.setAdditive(false);
        spring.setLevel(Level.TRACE);
        log.start();
        try (Fixture session = appRole(app)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        } finally {
            spring.setLevel(null);
            spring.setAdditive(true);
            spring.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("Login successful using AppRole"))
                .noneMatch(line -> line.contains(app.secretId()))
                .noneMatch(line -> line.contains(app.roleId()))
                .noneMatch(line -> line.contains("s3cr3t"));
    }

    @Test
    void closedSessionAsksNoMore() throws Exception {
        Fixture session = appRole(app);
        session.close();
        session.close();

        assertThat(session.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(session.calls).isEmpty();
    }
}
