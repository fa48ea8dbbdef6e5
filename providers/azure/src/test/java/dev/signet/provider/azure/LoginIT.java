package dev.signet.provider.azure;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.AzureKvAuth;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginIT {

    private static final RemoteRef REF = RemoteRef.of("login");

    private static FakeKeyVault vault;

    private final FakeReferences references = FakeReferences.good();
    private final StillClock clock = new StillClock();

    @BeforeAll
    static void start() throws Exception {
        vault = new FakeKeyVault();
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @BeforeEach
    void reset() {
        vault.putSecret("login", "value");
        vault.login.trouble = Optional.empty();
        vault.login.audience = "https://vault.azure.net";
        vault.login.secret = FakeLogin.SECRET;
        vault.login.lifeSeconds = 3600;
        vault.login.forms.clear();
        vault.login.logins.set(0);
        vault.resource = "https://vault.azure.net";
    }

    private SecretClient open(Specs spec) {
        assertThat(new AzureSecretProvider().problems(spec.build())).isEmpty();
        return Fixture.provider(vault)
                .open(spec.build(), references.context(clock, RetrySettings.NONE));
    }

    private ReadOutcome<SecretValue> readOnce(Specs spec) throws InterruptedException {
        try (SecretClient client = open(spec)) {
            return read(client, REF);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    }

    @Test
    void logsInAsServicePrincipalBySecret() throws Exception {
        assertThat(text(readOnce(Fixture.spec(vault).bySecret()))).isEqualTo("value");
    }

    @Test
    void logsInAsServicePrincipalByCertificateInPem() throws Exception {
        Key key = vault.tls().store().getKey("fake", TestTls.password());
        Certificate certificate = vault.tls().store().getCertificate("fake");
        vault.login.certificateKey = Optional.of(certificate.getPublicKey());
        references.key(
                "certificate",
                pem("PRIVATE KEY", key.getEncoded())
                        + pem("CERTIFICATE", certificate.getEncoded()));
        assertThat(text(readOnce(Fixture.spec(vault).byCertificate()))).isEqualTo("value");
        assertThat(vault.login.forms.getLast()).doesNotContainKey("client_secret");
    }

    @Test
    void logsInAsServicePrincipalByCertificateWithAnOldKey() throws Exception {
        byte[] pkcs8 = vault.tls().store().getKey("fake", TestTls.password()).getEncoded();
        Certificate certificate = vault.tls().store().getCertificate("fake");
        vault.login.certificateKey = Optional.of(certificate.getPublicKey());
        // What follows 26 bytes of PKCS#8 is the key in PKCS#1.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        references.key(
                "certificate",
                pem("CERTIFICATE", certificate.getEncoded()) + pem("RSA PRIVATE KEY", pkcs1));
        assertThat(text(readOnce(Fixture.spec(vault).byCertificate()))).isEqualTo("value");
    }

    @Test
    void logsInAsServicePrincipalByCertificateInPkcs12() throws Exception {
        Certificate certificate = vault.tls().store().getCertificate("fake");
        vault.login.certificateKey = Optional.of(certificate.getPublicKey());
        KeyStore open = KeyStore.getInstance("PKCS12");
        open.load(null, null);
        open.setKeyEntry(
                "app",
                vault.tls().store().getKey("fake", TestTls.password()),
                new char[0],
                new Certificate[] {certificate});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        open.store(bytes, new char[0]);
        references.key("certificate", bytes.toByteArray());
        assertThat(text(readOnce(Fixture.spec(vault).byCertificate()))).isEqualTo("value");
    }

    @Test
    void saysThatACertificateCannotBeReadWithoutQuotingIt() throws Exception {
        references.key(
                "certificate",
                pem("PRIVATE KEY", "canary".getBytes(StandardCharsets.US_ASCII)) + "canary");
        assertThat(readOnce(Fixture.spec(vault).byCertificate()))
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        invalid ->
                                assertThat(invalid.reason())
                                        .contains("clientCertificate")
                                        .doesNotContain("canary"));
    }

    @Test
    void logsInWithTheTokenOfTheServiceAccountThatIsAnnotated() throws Exception {
        references
                .annotation(WorkloadClient.CLIENT_ID, FakeLogin.CLIENT)
                .annotation(WorkloadClient.TENANT_ID, FakeLogin.TENANT);
        assertThat(text(readOnce(Fixture.spec(vault).tenant("").byWorkloadIdentity())))
                .isEqualTo("value");
        assertThat(references.audiences).containsExactly(List.of("api://AzureADTokenExchange"));
    }

    @Test
    void takesTheWorkloadsClientFromTheStoreBeforeTheServiceAccount() throws Exception {
        references.annotation(WorkloadClient.CLIENT_ID, "another");
        Specs spec =
                Fixture.spec(vault)
                        .byWorkloadIdentity()
                        .auth(new AzureKvAuth(Specs.key("client-id"), null, null, null));
        assertThat(text(readOnce(spec))).isEqualTo("value");
    }

    @Test
    void saysWhichAnnotationIsMissing() throws Exception {
        assertThat(readOnce(Fixture.spec(vault).byWorkloadIdentity()))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "ServiceAccount reader has no annotation azure.workload.identity/client-id, and the store has no authSecretRef.clientId"));
        assertThat(vault.login.logins).hasValue(0);
    }

    @Test
    void logsInAsTheManagedIdentityOfTheMachine() throws Exception {
        assertThat(text(readOnce(Specs.at(vault.url()).byManagedIdentity("")))).isEqualTo("value");
        assertThat(text(readOnce(Specs.at(vault.url()).byManagedIdentity(FakeLogin.IDENTITY))))
                .isEqualTo("value");
        assertThat(readOnce(Specs.at(vault.url()).byManagedIdentity("no-such")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Denied.class,
                        denied -> assertThat(denied.reason()).contains("no such managed identity"));
    }

    @Test
    void readsFromACloudOfItsOwn() throws Exception {
        vault.login.audience = "https://vault.stack.test";
        vault.resource = "https://vault.stack.test";
        Specs spec = Specs.at(vault.url("team.vault.stack.test")).in("AzureStackCloud").bySecret();
        String login = vault.url("login.stack.test") + "/";
        assertThat(
                        text(
                                readOnce(
                                        spec.custom(
                                                login,
                                                "https://vault.stack.test/",
                                                "vault.stack.test"))))
                .isEqualTo("value");
        assertThat(text(readOnce(spec.custom(login, "", "")))).isEqualTo("value");
    }

    @Test
    void refusesAVaultWhoseChallengeAsksForTheTokenOfAnotherService() throws Exception {
        vault.resource = "https://management.azure.com";
        try (SecretClient client =
                open(
                        Specs.at(vault.url("other-test.vault.azure.net"))
                                .custom(vault.url("login.stack.test"), "", "")
                                .bySecret())) {
            assertThat(read(client, REF)).isInstanceOf(ReadOutcome.Unavailable.class);
        }
    }

    @Test
    void tellsAWrongSecretFromATenantThatIsNotThere() throws Exception {
        vault.login.secret = "another";
        assertThat(readOnce(Fixture.spec(vault).bySecret()))
                .isInstanceOfSatisfying(
                        ReadOutcome.Denied.class,
                        denied ->
                                assertThat(denied.reason())
                                        .contains("AADSTS7000215", "secret is wrong")
                                        .doesNotContain("canary"));
        assertThat(readOnce(Fixture.spec(vault).bySecret().tenant("no-such-tenant")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("no such tenant"));
    }

    @Test
    void storeWithABadLoginIsUnusableAndDoesNotTroubleTheVault() throws Exception {
        vault.login.secret = "another";
        int challenges = vault.challenges.get();
        try (SecretClient client = open(Fixture.spec(vault).bySecret())) {
            assertThat(client.validate()).isInstanceOf(StoreHealth.Unusable.class);
        }
        assertThat(vault.challenges.get()).isEqualTo(challenges);
    }

    @Test
    void missingCredentialIsInvalidAndNamed() throws Exception {
        references.forget("client-secret");
        assertThat(readOnce(Fixture.spec(vault).bySecret()))
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("client-secret"));
    }

    @Test
    void usesTheSecretThatIsThereWhenItLogsInAgain() throws Exception {
        try (SecretClient client = open(Fixture.spec(vault).bySecret())) {
            assertThat(text(read(client, REF))).isEqualTo("value");
            vault.login.secret = "rotated";
            references.key("client-secret", "rotated");
            vault.login.revokeAll();
            assertThat(text(read(client, REF))).isEqualTo("value");
            assertThat(vault.login.logins).hasValue(2);
        }
    }

    @Test
    void manyReadersShareOneLogin() throws Exception {
        try (SecretClient client = open(Fixture.spec(vault).bySecret());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers =
                    IntStream.range(0, 40)
                            .mapToObj(i -> threads.submit(() -> text(read(client, REF))))
                            .toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("value");
            }
        }
        assertThat(vault.login.logins).hasValue(1);
    }

    @Test
    void busyLoginIsLeftAloneForAsLongAsItAsks() throws Exception {
        vault.login.trouble =
                Optional.of(new FakeLogin.Trouble(429, Map.of("Retry-After", "60"), "{}"));
        try (SecretClient client = open(Fixture.spec(vault).bySecret())) {
            assertThat(read(client, REF))
                    .isInstanceOfSatisfying(
                            ReadOutcome.Unavailable.class,
                            busy ->
                                    assertThat((Object) busy.retryAfter())
                                            .isEqualTo(Optional.of(Duration.ofSeconds(60))));
            vault.login.trouble = Optional.empty();
            assertThat(read(client, REF)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(vault.login.logins).hasValue(1);
            clock.forward(Duration.ofSeconds(61));
            assertThat(text(read(client, REF))).isEqualTo("value");
        }
    }

    @Test
    void somethingThatIsNoLoginIsNotMistakenForOne() throws Exception {
        for (String body : List.of("", "{}", "<html>", "{\"access_token\":\"a\\nb\"}")) {
            for (int status : List.of(200, 301, 404, 503)) {
                vault.login.trouble = Optional.of(new FakeLogin.Trouble(status, Map.of(), body));
                assertThat(readOnce(Fixture.spec(vault).bySecret()))
                        .as(status + body)
                        .isInstanceOf(ReadOutcome.Unavailable.class);
            }
        }
    }
}
