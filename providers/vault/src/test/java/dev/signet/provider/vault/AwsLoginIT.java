package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultIamAuth;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.vault.LittleServer.Answer;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logins by AWS IAM: keys and roles come from moto's STS, the signed request is checked as AWS
 * would, or sent on to moto as Vault sends it to AWS.
 */
class AwsLoginIT {

    private static final AwsKeys STATIC = new AwsKeys("AKIDSTATIC", "st4tic/key", "");
    private static final String ROLE = "arn:aws:iam::123456789012:role/app";

    private static Moto moto;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    private static Specs store(LittleServer vault, VaultIamAuth iam) {
        return Specs.at(vault.address())
                .auth(new VaultAuth("", null, null, null, null, null, null, null, iam, null));
    }

    private static VaultIamAuth keys(String region, String role, String externalId, String server) {
        return new VaultIamAuth(
                "",
                region,
                role,
                "vault-app",
                externalId,
                server,
                new AwsCredentialRefs(
                        new SecretKeySelector("aws", "", "id"),
                        new SecretKeySelector("aws", "", "key"),
                        null),
                null);
    }

    private static VaultIamAuth account() {
        return new VaultIamAuth(
                "",
                "",
                "",
                "vault-app",
                "",
                "",
                null,
                new AwsJwtAuth(new ServiceAccountSelector("app", "", List.of())));
    }

    private static VaultIamAuth ambient() {
        return new VaultIamAuth("", "", "", "vault-app", "", "", null, null);
    }

    private static FakeReferences staticKeys() {
        return new FakeReferences()
                .secret("aws/id", STATIC.accessKeyId() + "\n")
                .secret("aws/key", STATIC.secretAccessKey() + "\n");
    }

    private static Surroundings near(URI sts, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("AWS_STS_ENDPOINT", sts.toString());
        return Surroundings.of(variables);
    }

    /** The headers of the request that a login carries. */
    private static Map<String, String> headers(JsonObject login) {
        Map<String, String> headers = new HashMap<>();
        Objects.requireNonNull(Json.object(decoded(login, "iam_request_headers")))
                .fields()
                .forEach((name, value) -> headers.put(name, String.valueOf(value)));
        return headers;
    }

    private static byte[] decoded(JsonObject login, String field) {
        return Base64.getDecoder().decode(String.valueOf(login.get(field)));
    }

    /** The access key whose signature holds, as AWS checks it. */
    private static Optional<String> signer(JsonObject login, AwsKeys keys, String region) {
        Map<String, String> headers = headers(login);
        String claimed = Objects.requireNonNull(headers.remove("Authorization"));
        Instant time =
                Instant.from(
                        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX")
                                .withZone(ZoneOffset.UTC)
                                .parse(Objects.requireNonNull(headers.remove("X-Amz-Date"))));
        headers.remove("X-Amz-Security-Token");
        URI url = URI.create(new String(decoded(login, "iam_request_url"), UTF_8));
        String holds =
                new SigV4(region, "sts")
                        .sign(
                                keys,
                                "POST",
                                url.getHost(),
                                headers,
                                decoded(login, "iam_request_body"),
                                time)
                        .get("Authorization");
        return claimed.equals(holds) && "vault-app".equals(login.get("role"))
                ? Optional.of(keys.accessKeyId())
                : Optional.empty();
    }

    /** Who moto says has signed, asked as Vault asks. */
    private static Optional<String> askedOfMoto(JsonObject login) {
        List<HttpField> fields = new ArrayList<>();
        headers(login)
                .forEach((name, value) -> {
                    if (!name.equals("Content-Length")) {
                        fields.add(new HttpField(name, value));
                    }
                });
        try (Origin sts =
                new Origin(
                        moto.address(),
                        new OriginSettings(
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(60),
                                1,
                                null,
                                OriginSettings.DIRECT,
                                Reach.ANYWHERE))) {
            String answer =
                    new String(
                            sts.send(
                                            new HttpCall(
                                                    "POST",
                                                    "/",
                                                    fields,
                                                    decoded(login, "iam_request_body"),
                                                    1 << 16))
                                    .body(),
                            UTF_8);
            Matcher arn = Pattern.compile("<Arn>([^<]+)</Arn>").matcher(answer);
            return arn.find() ? Optional.of(arn.group(1)) : Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signsWithStaticKeysAndNeverSendsThem() throws Exception {
        FakeLogins logins =
                new FakeLogins("auth/aws/login", login -> signer(login, STATIC, "us-east-1"));
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(store(vault, keys("", "", "", "vault.test")), staticKeys())) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");

            JsonObject login = vault.requests.getFirst().json();
            assertThat(new String(decoded(login, "iam_request_url"), UTF_8))
                    .isEqualTo("https://sts.amazonaws.com/");
            assertThat(new String(decoded(login, "iam_request_body"), UTF_8))
                    .isEqualTo("Action=GetCallerIdentity&Version=2011-06-15");
            assertThat(headers(login))
                    .containsEntry("X-Vault-AWS-IAM-Server-ID", "vault.test")
                    .doesNotContainKey("X-Amz-Security-Token");
            assertThat(headers(login).get("Authorization"))
                    .contains("x-vault-aws-iam-server-id")
                    .doesNotContain(STATIC.secretAccessKey());
        }
    }

    @Test
    void signsForTheRegionOfTheStore() throws Exception {
        FakeLogins logins =
                new FakeLogins("auth/aws/login", login -> signer(login, STATIC, "cn-north-1"));
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(store(vault, keys("cn-north-1", "", "", "")), staticKeys())) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(
                            new String(
                                    decoded(vault.requests.getFirst().json(), "iam_request_url"),
                                    UTF_8))
                    .isEqualTo("https://sts.cn-north-1.amazonaws.com.cn/");
        }
    }

    @Test
    void keysThatAwsDoesNotKnowAreDeniedAndRotatedOnesTakenUp() throws Exception {
        FakeLogins logins =
                new FakeLogins("auth/aws/login", login -> signer(login, STATIC, "us-east-1"));
        FakeReferences references = staticKeys().secret("aws/key", "wr0ng");
        try (LittleServer vault = new LittleServer(logins);
                Fixture session = Fixture.of(store(vault, keys("", "", "", "")), references)) {
            ReadOutcome<?> outcome = session.read("app");
            assertThat(outcome).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("AWS IAM at auth/aws")
                    .doesNotContain("wr0ng");

            references.secret("aws/key", STATIC.secretAccessKey());
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");

            logins.revokeAll();
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(session.count("Login")).isEqualTo(2);
        }
    }

    @Test
    void assumesTheRoleOfTheStoreAtMoto() throws Exception {
        FakeLogins logins = new FakeLogins("auth/aws/login", AwsLoginIT::askedOfMoto);
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault, keys("eu-west-1", ROLE, "ext", "")),
                                staticKeys(),
                                near(moto.address(), Map.of()))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller)
                    .isEqualTo("arn:aws:sts::123456789012:assumed-role/app/signet");
            assertThat(session.calls).contains("AssumeRole", "Login");
            assertThat(headers(vault.requests.getFirst().json()))
                    .containsKey("X-Amz-Security-Token");
        }
    }

    @Test
    void actsAsTheServiceAccountsRoleAtMoto() throws Exception {
        FakeLogins logins = new FakeLogins("auth/aws/login", AwsLoginIT::askedOfMoto);
        FakeReferences references =
                new FakeReferences()
                        .tokens((account, audiences, lifetime) -> "token-for-" + audiences)
                        .annotation("app", "eks.amazonaws.com/role-arn", ROLE);
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault, account()),
                                references,
                                near(moto.address(), Map.of()))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller)
                    .isEqualTo(
                            "arn:aws:sts::123456789012:assumed-role/app/external-secrets-provider-vault");
        }
    }

    @Test
    void asksForATokenWithTheAudienceOfTheServiceAccount() throws Exception {
        FakeReferences references =
                new FakeReferences()
                        .tokens((account, audiences, lifetime) -> "token-for-" + audiences)
                        .annotation("app", "eks.amazonaws.com/role-arn", ROLE)
                        .annotation("app", "eks.amazonaws.com/audience", "elsewhere");
        try (LittleServer sts = new LittleServer(request -> error(403, "AccessDenied"));
                Fixture session =
                        Fixture.of(
                                store(sts, account()), references, near(sts.address(), Map.of()))) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(Outcomes.reason(outcome))
                    .isEqualTo(
                            "AWS STS refused AssumeRoleWithWebIdentity for role %s (AccessDenied, 403)"
                                    .formatted(ROLE));
            assertThat(sts.requests.getFirst().form())
                    .containsEntry("RoleArn", ROLE)
                    .containsEntry("WebIdentityToken", "token-for-[elsewhere]");
        }
    }

    private static Answer error(int status, String code) {
        return Answer.of(
                status,
                "<ErrorResponse><Error><Code>%s</Code><Message>c4n4ry</Message></Error></ErrorResponse>"
                        .formatted(code));
    }

    @Test
    void busyStsIsUnavailableAndAnOddAnswerNotQuoted() throws Exception {
        for (Answer answer :
                List.of(
                        error(400, "Throttling"),
                        error(503, "ServiceUnavailable"),
                        Answer.of(200, "<html>c4n4ry</html>"))) {
            try (LittleServer sts = new LittleServer(request -> answer);
                    Fixture session =
                            Fixture.of(
                                    store(sts, keys("", ROLE, "", "")),
                                    staticKeys(),
                                    near(sts.address(), Map.of()))) {
                ReadOutcome<?> outcome = session.read("app");

                assertThat(outcome).isInstanceOf(ReadOutcome.Unavailable.class);
                assertThat(Outcomes.reason(outcome)).contains("AWS STS").doesNotContain("c4n4ry");
                assertThat(session.calls).doesNotContain("Login");
            }
        }
    }

    @Test
    void serviceAccountWithoutARoleIsInvalid() throws Exception {
        try (LittleServer nobody = new LittleServer(request -> error(500, ""));
                Fixture session = Fixture.of(store(nobody, account()), new FakeReferences())) {
            assertThat(Outcomes.reason(session.read("app")))
                    .isEqualTo(
                            "ServiceAccount app names no role to log in to AWS with: it needs the annotation eks.amazonaws.com/role-arn");
            assertThat(nobody.requests).isEmpty();
        }
    }

    @Test
    void actsAsTheOperatorByItsTokenFileAtMoto() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        FakeLogins logins = new FakeLogins("auth/aws/login", AwsLoginIT::askedOfMoto);
        try (LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault, ambient()),
                                new FakeReferences(),
                                near(
                                        moto.address(),
                                        Map.of(
                                                "AWS_WEB_IDENTITY_TOKEN_FILE",
                                                token.toString(),
                                                "AWS_ROLE_ARN",
                                                ROLE)))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(logins.lastCaller).contains("assumed-role/app/");
        }
    }

    @Test
    void actsAsTheOperatorByPodIdentity() throws Exception {
        AwsKeys given = new AwsKeys("ASIAPOD", "p0d", "s3ssion");
        Path token = Files.writeString(folder.resolve("token"), "pod-t0ken\n");
        FakeLogins logins =
                new FakeLogins("auth/aws/login", login -> signer(login, given, "us-east-1"));
        try (LittleServer agent =
                        new LittleServer(request ->
                                request.headers().get("Authorization").equals("pod-t0ken")
                                        ? Answer.of(
                                                200,
                                                "{\"AccessKeyId\":\"ASIAPOD\",\"SecretAccessKey\":\"p0d\",\"Token\":\"s3ssion\",\"Expiration\":\"2040-01-01T00:00:00Z\"}")
                                        : Answer.of(403, ""));
                LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault, ambient()),
                                new FakeReferences(),
                                Surroundings.of(
                                        Map.of(
                                                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                                agent.address() + "/v1/credentials",
                                                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                                                token.toString())))) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(agent.requests.getFirst().target()).isEqualTo("/v1/credentials");
        }
    }

    @Test
    void operatorsIdentityIsNotForAStoreThatMayNotHaveItsToken() throws Exception {
        try (LittleServer nobody = new LittleServer(request -> error(500, ""));
                Fixture session =
                        Fixture.of(
                                store(nobody, ambient()),
                                new FakeReferences().denyOwnToken(),
                                near(
                                        nobody.address(),
                                        Map.of(
                                                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                                nobody.address() + "/")))) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("ClusterSecretStore alone")
                    .contains("auth.iam.jwt");
            assertThat(nobody.requests).isEmpty();
        }
    }

    @Test
    void operatorWithoutAnIdentityIsToldWhatToSet() throws Exception {
        try (LittleServer nobody = new LittleServer(request -> error(500, ""));
                Fixture session =
                        Fixture.of(
                                store(nobody, ambient()),
                                new FakeReferences(),
                                Surroundings.of(Map.of()))) {
            assertThat(Outcomes.reason(session.read("app")))
                    .startsWith("the operator has no AWS identity of its own");
            assertThat(nobody.requests).isEmpty();
        }
    }

    @Test
    void readerThatIsInterruptedWhileAwsIsAskedStopsAtOnceAndSpoilsNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        FakeLogins logins = new FakeLogins("auth/aws/login", login -> Optional.of("anyone"));
        try (LittleServer sts =
                        new LittleServer(request -> {
                            asked.countDown();
                            awaitUninterruptibly(answer);
                            return Answer.of(
                                    200,
                                    "<AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>k</SecretAccessKey><SessionToken>t</SessionToken>");
                        });
                LittleServer vault = new LittleServer(logins);
                Fixture session =
                        Fixture.of(
                                store(vault, keys("", ROLE, "", "")),
                                staticKeys(),
                                near(sts.address(), Map.of()))) {
            CountDownLatch stopped = new CountDownLatch(1);
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    session.read("app");
                                } catch (InterruptedException e) {
                                    stopped.countDown();
                                }
                            });
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            reader.interrupt();
            assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();

            answer.countDown();

            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(session.count("AssumeRole")).isEqualTo(1);
        } finally {
            answer.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
