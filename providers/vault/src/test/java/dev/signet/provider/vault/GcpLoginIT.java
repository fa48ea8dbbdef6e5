package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.GcpSecretRef;
import dev.signet.api.store.GcpWorkloadIdentity;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultGcpAuth;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.vault.LittleServer.Answer;
import dev.signet.provider.vault.LittleServer.Request;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Logins by Google Cloud. The fakes check signatures, audiences, lifetimes and the order of the
 * calls; they know nothing of IAM's permissions, nor of how Google finds a cluster's keys.
 */
class GcpLoginIT {

    private static final String EMAIL = "app@project.iam.gserviceaccount.com";
    private static KeyPair keys;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    private static Specs store(URI vault, VaultGcpAuth gcp) {
        return Specs.at(vault)
                .auth(new VaultAuth("", null, null, null, null, null, null, null, null, gcp));
    }

    private static VaultGcpAuth byKey() {
        return new VaultGcpAuth(
                "gcp",
                "vault-app",
                "",
                "",
                new GcpSecretRef(new SecretKeySelector("google", "", "key.json")),
                null,
                null);
    }

    private static VaultGcpAuth byWorkload(String project, String location, String name) {
        return new VaultGcpAuth(
                "gcp",
                "vault-app",
                "",
                "",
                null,
                new GcpWorkloadIdentity(
                        new ServiceAccountSelector("app", "", List.of()), location, name, project),
                null);
    }

    private static VaultGcpAuth ambient() {
        return new VaultGcpAuth("gcp", "vault-app", "", "", null, null, null);
    }

    private static String keyFile() {
        String pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        return new String(
                Json.bytes(
                        Map.of(
                                "type",
                                "service_account",
                                "client_email",
                                EMAIL,
                                "private_key_id",
                                "k1",
                                "private_key",
                                pem)),
                UTF_8);
    }

    /** Whom a login's token names, if it is signed, made out to the role and short-lived. */
    private static Optional<String> subject(JsonObject login, String audience) {
        String[] parts = String.valueOf(login.get("jwt")).split("\\.", -1);
        JsonObject claims = Objects.requireNonNull(Json.object(decoded(parts[1])));
        long left =
                ((JsonNumber) Objects.requireNonNull(claims.get("exp"))).longValue()
                        - Instant.now().getEpochSecond();
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            boolean good =
                    signature.verify(decoded(parts[2]))
                            && audience.equals(claims.get("aud"))
                            && "vault-app".equals(login.get("role"))
                            && left > 0
                            && left <= 900;
            return good ? Optional.of(String.valueOf(claims.get("sub"))) : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private static FakeLogins logins(String audience) {
        return new FakeLogins("auth/gcp/login", login -> subject(login, audience));
    }

    private static Surroundings near(LittleServer google) {
        return new Surroundings(
                Map.of("GCE_METADATA_HOST", google.address().getAuthority()),
                google.address(),
                google.address());
    }

    /** Google: token exchange, signing for an account, and the metadata server. */
    private static Answer google(Request request) {
        String bearer = request.headers().getOrDefault("Authorization", "");
        String accounts = "/v1/projects/-/serviceAccounts/app%40project.iam.gserviceaccount.com";
        String asked = request.headers().getOrDefault("Metadata-Flavor", "") + request.target();
        String identity =
                "/computeMetadata/v1/instance/service-accounts/default/identity?format=full&audience=";
        try {
            return switch (asked) {
                case "/v1/token" -> field("access_token", "federated");
                case String t
                        when t.equals(accounts + ":generateAccessToken")
                                && bearer.equals("Bearer federated") ->
                        field("accessToken", "own");
                case String t when t.equals(accounts + ":signJwt") && bearer.equals("Bearer own") ->
                        field("signedJwt", signed(String.valueOf(request.json().get("payload"))));
                case "Google/computeMetadata/v1/project/project-id" -> Answer.of(200, "project");
                case "Google/computeMetadata/v1/instance/attributes/cluster-location" ->
                        Answer.of(200, "europe-west1\n");
                case "Google/computeMetadata/v1/instance/attributes/cluster-name" ->
                        Answer.of(200, "cluster-1");
                case String t
                        when t.equals("Google" + identity + "http%3A%2F%2Fvault%2Fvault-app") ->
                        Answer.of(
                                200,
                                signed(
                                        "{\"sub\":\"1234\",\"aud\":\"http://vault/vault-app\",\"exp\":%d}"
                                                .formatted(Instant.now().getEpochSecond() + 600)));
                default -> Answer.of(403, "{\"error\":\"c4n4ry\"}");
            };
        } catch (LoginException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(String claims) throws LoginException {
        return new GcpKey("google", "g1", keys.getPrivate()).sign(claims.getBytes(UTF_8));
    }

    private static Answer field(String name, String value) {
        return Answer.of(200, new String(Json.bytes(Map.of(name, value)), UTF_8));
    }

    private static FakeReferences account() {
        return new FakeReferences()
                .tokens((account, audiences, lifetime) -> "token-for-" + audiences)
                .annotation("app", "iam.gke.io/gcp-service-account", EMAIL);
    }

    @Test
    void signsWithTheKeyOfTheAccountWithoutAskingGoogle() throws Exception {
        FakeLogins logins = logins("vault/vault-app");
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault.address(), byKey()),
                                new FakeReferences().secret("google/key.json", keyFile()))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller).isEqualTo(EMAIL);
            String[] parts =
                    String.valueOf(vault.requests.getFirst().json().get("jwt")).split("\\.", -1);
            assertThat(new String(decoded(parts[0]), UTF_8)).contains("\"kid\":\"k1\"");
        }
    }

    @Test
    void keyFileThatIsNoneIsInvalidAndNotQuoted() throws Exception {
        for (String file :
                List.of(
                        "c4n4ry",
                        "{\"type\":\"authorized_user\",\"refresh_token\":\"c4n4ry\"}",
                        keyFile()
                                .replaceAll(
                                        "\"private_key\":\"[^\"]+", "\"private_key\":\"c4n4ry"))) {
            try (LittleServer nobody = new LittleServer(request -> Answer.of(500, ""));
                    Fixture session =
                            Fixture.of(
                                    store(nobody.address(), byKey()),
                                    new FakeReferences().secret("google/key.json", file))) {
                ReadOutcome<?> outcome = session.read("app");

                assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
                assertThat(Outcomes.reason(outcome))
                        .startsWith("Secret google (key key.json) holds")
                        .doesNotContain("c4n4ry");
                assertThat(nobody.requests).isEmpty();
            }
        }
    }

    @Test
    void hasGoogleSignForAServiceAccountOfTheCluster() throws Exception {
        FakeLogins logins = logins("vault/vault-app");
        try (LittleServer vault = new LittleServer(logins);
                LittleServer google = new LittleServer(GcpLoginIT::google);
                Fixture session =
                        Fixture.of(
                                store(vault.address(), byWorkload("fleet", "us-east1", "c9")),
                                account(),
                                near(google))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller).isEqualTo(EMAIL);
            assertThat(session.calls)
                    .startsWith("ExchangeToken", "GenerateAccessToken", "SignJwt", "Login");
            assertThat(google.requests.getFirst().form())
                    .containsEntry("subject_token", "token-for-[fleet.svc.id.goog]")
                    .containsEntry(
                            "audience",
                            "identitynamespace:fleet.svc.id.goog:https://container.googleapis.com/v1/projects/fleet/locations/us-east1/clusters/c9");
        }
    }

    @Test
    void asksTheMetadataServerForTheClusterThatTheStoreDoesNotName() throws Exception {
        FakeLogins logins = logins("vault/vault-app");
        try (LittleServer vault = new LittleServer(logins);
                LittleServer google = new LittleServer(GcpLoginIT::google);
                Fixture session =
                        Fixture.of(
                                store(vault.address(), byWorkload("", "", "")),
                                account(),
                                near(google))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(google.requests.get(3).form().get("audience"))
                    .endsWith("/projects/project/locations/europe-west1/clusters/cluster-1");
        }
    }

    @Test
    void refusalOfGoogleIsDeniedAndItsTextNotShown() throws Exception {
        for (int status : List.of(403, 429, 503)) {
            try (LittleServer google =
                            new LittleServer(
                                    request -> Answer.of(status, "{\"error\":\"c4n4ry\"}"));
                    Fixture session =
                            Fixture.of(
                                    store(google.address(), byWorkload("p", "l", "n")),
                                    account(),
                                    near(google))) {
                ReadOutcome<?> outcome = session.read("app");

                assertThat(outcome)
                        .isInstanceOf(
                                status == 403
                                        ? ReadOutcome.Denied.class
                                        : ReadOutcome.Unavailable.class);
                assertThat(Outcomes.reason(outcome))
                        .startsWith("Google STS")
                        .contains("ServiceAccount app")
                        .contains("(" + status + ")")
                        .doesNotContain("c4n4ry");
                assertThat(session.calls).containsExactly("ExchangeToken failed");
            }
        }
    }

    @Test
    void serviceAccountWithoutAnAccountOfGoogleIsInvalid() throws Exception {
        try (LittleServer nobody = new LittleServer(request -> Answer.of(500, ""));
                Fixture session =
                        Fixture.of(
                                store(nobody.address(), byWorkload("p", "l", "n")),
                                new FakeReferences(),
                                near(nobody))) {
            assertThat(Outcomes.reason(session.read("app")))
                    .isEqualTo(
                            "ServiceAccount app names no account of Google Cloud: it needs the annotation iam.gke.io/gcp-service-account");
            assertThat(nobody.requests).isEmpty();
        }
    }

    @Test
    void showsTheIdentityThatTheMetadataServerGivesTheOperator() throws Exception {
        FakeLogins logins = logins("http://vault/vault-app");
        try (LittleServer vault = new LittleServer(logins);
                LittleServer google = new LittleServer(GcpLoginIT::google);
                Fixture session =
                        Fixture.of(
                                store(vault.address(), ambient()),
                                new FakeReferences(),
                                near(google));
                Fixture tenant =
                        Fixture.of(
                                store(vault.address(), ambient()),
                                new FakeReferences().denyOwnToken(),
                                near(google))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller).isEqualTo("1234");
            int asked = google.requests.size();

            ReadOutcome<?> outcome = tenant.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome)).contains("ClusterSecretStore alone");
            assertThat(google.requests).hasSize(asked);
        }
    }
}
