package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.aws.ScriptedAws.Asked;
import dev.signet.provider.aws.ScriptedAws.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginIT {

    private static final String READER = "arn:aws:iam::222222222222:role/reader";
    private static final String HUB = "arn:aws:iam::333333333333:role/hub";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock();
    private final AtomicReference<String> accepted = new AtomicReference<>("");
    private final ScriptedAws aws = ScriptedAws.saying(this::answer);
    private final Fixture fixture = Fixture.at(aws.address()).with(clock);

    @AfterEach
    void stop() {
        aws.close();
    }

    /** Roles are had for the asking; a secret's value is the access key ID that asks for it. */
    private Said answer(Asked asked) {
        return switch (asked.operation()) {
            case "AssumeRole", "AssumeRoleWithWebIdentity" ->
                    Said.identity(
                            asked.operation(),
                            "AS-" + asked.parameter("RoleArn").replaceAll(".*/", ""),
                            clock.instant().plus(Duration.ofHours(1)));
            case "GetCallerIdentity" ->
                    asked.accessKey().equals("BAD")
                            ? new Said(
                                    403,
                                    "<ErrorResponse><Error><Code>InvalidClientTokenId</Code>"
                                            + "<Message>m</Message></Error></ErrorResponse>",
                                    Map.of())
                            : Said.ok(
                                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1"
                                            + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
            case "/identity" ->
                    Said.ok(
                            """
                            {"AccessKeyId":"POD","SecretAccessKey":"k","Token":"t","Expiration":"2099-01-01T00:00:00Z"}\
                            """);
            case "GetSecretValue" ->
                    accepted.get().isEmpty() || accepted.get().equals(asked.accessKey())
                            ? Said.secret("s", asked.accessKey())
                            : Said.error(400, "ExpiredTokenException", "expired");
            default -> Said.error(400, "ValidationException", "not scripted");
        };
    }

    @Test
    void sendsStaticKeys() throws Exception {
        try (SecretClient client = fixture.open(Specs.secretsManager())) {
            assertThat(value(client)).isEqualTo("AKIAEXAMPLE");
        }
        assertThat(aws.operations()).containsExactly("GetSecretValue");
    }

    @Test
    void givesEachReferentNamespaceItsOwnKeys() throws Exception {
        FakeReferences other = new FakeReferences().keys("aws", "AKIAOTHER", "secret");
        try (SecretClient one = fixture.open(Specs.secretsManager());
                SecretClient two = fixture.open(Specs.secretsManager(), other)) {
            assertThat(value(one)).isEqualTo("AKIAEXAMPLE");
            assertThat(value(two)).isEqualTo("AKIAOTHER");
        }
    }

    @Test
    void logsInWithTheTokenOfAServiceAccount() throws Exception {
        FakeReferences references =
                new FakeReferences().account("app", Map.of(Login.ROLE_ANNOTATION, READER));
        try (SecretClient client =
                fixture.open(
                        Specs.secretsManager().auth(Specs.account("app", "mine")), references)) {
            assertThat(value(client)).isEqualTo("AS-reader");
        }
        Asked login = aws.asked.getFirst();
        assertThat(login.operation()).isEqualTo("AssumeRoleWithWebIdentity");
        assertThat(login.parameter("WebIdentityToken")).isEqualTo("token-of-app");
        assertThat(login.accessKey()).isEmpty();
        assertThat(references.audiences).containsExactly(List.of("mine", "sts.amazonaws.com"));
    }

    @Test
    void takesTheAudienceThatTheServiceAccountNames() throws Exception {
        FakeReferences references =
                new FakeReferences()
                        .account(
                                "app",
                                Map.of(
                                        Login.ROLE_ANNOTATION,
                                        READER,
                                        Login.AUDIENCE_ANNOTATION,
                                        "other"));
        try (SecretClient client =
                fixture.open(Specs.secretsManager().auth(Specs.account("app")), references)) {
            assertThat(value(client)).isEqualTo("AS-reader");
        }
        assertThat(references.audiences).containsExactly(List.of("other"));
    }

    @Test
    void saysThatAServiceAccountNamesNoRole() throws Exception {
        FakeReferences references = new FakeReferences().account("app", Map.of());
        try (SecretClient client =
                fixture.open(Specs.secretsManager().auth(Specs.account("app")), references)) {
            assertThat(read(client, RemoteRef.of("s")))
                    .isEqualTo(
                            new ReadOutcome.Invalid<>(
                                    "ServiceAccount app names no role to log in to AWS with: it needs the annotation eks.amazonaws.com/role-arn"));
        }
    }

    @Test
    void goesThroughRolesWithExternalIdAndTagsForTheLast() throws Exception {
        Specs spec =
                Specs.secretsManager()
                        .through(HUB)
                        .role(READER)
                        .externalId("ext-1")
                        .tag("team", "a");
        try (SecretClient client = fixture.open(spec)) {
            assertThat(value(client)).isEqualTo("AS-reader");
        }
        Asked hub = aws.asked.get(0);
        Asked reader = aws.asked.get(1);
        assertThat(hub.parameter("RoleArn")).isEqualTo(HUB);
        assertThat(hub.accessKey()).isEqualTo("AKIAEXAMPLE");
        assertThat(hub.parameter("ExternalId")).isEmpty();
        assertThat(hub.parameter("Tags.member.1.Key")).isEmpty();
        assertThat(reader.parameter("RoleArn")).isEqualTo(READER);
        assertThat(reader.accessKey()).isEqualTo("AS-hub");
        assertThat(reader.parameter("ExternalId")).isEqualTo("ext-1");
        assertThat(reader.parameter("Tags.member.1.Key")).isEqualTo("team");
        assertThat(reader.parameter("Tags.member.1.Value")).isEqualTo("a");
        assertThat(reader.parameter("TransitiveTagKeys.member.1")).isEqualTo("team");
    }

    @Test
    void logsInOnceForAllReaders() throws Exception {
        try (SecretClient client = fixture.open(Specs.secretsManager().role(READER));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> reader = () -> value(client);
            for (var answer :
                    threads.invokeAll(IntStream.range(0, 50).mapToObj(i -> reader).toList())) {
                assertThat(answer.get()).isEqualTo("AS-reader");
            }
        }
        assertThat(fixture.count("AssumeRole")).isOne();
    }

    @Test
    void renewsBeforeTheEndWithoutHavingReadersWait() throws Exception {
        try (SecretClient client = fixture.open(Specs.secretsManager().role(READER))) {
            assertThat(value(client)).isEqualTo("AS-reader");
            clock.move(Duration.ofMinutes(45));
            assertThat(value(client)).isEqualTo("AS-reader");
            assertThat(fixture.count("AssumeRole")).isOne();
            clock.move(Duration.ofMinutes(6));
            assertThat(value(client)).isEqualTo("AS-reader");
            await().atMost(LIMIT).until(() -> fixture.count("AssumeRole") == 2);
            clock.move(Duration.ofMinutes(30));
            assertThat(value(client)).isEqualTo("AS-reader");
            assertThat(fixture.count("AssumeRole")).isEqualTo(2);
        }
    }

    @Test
    void takesKeysThatWereRotatedUnderWay() throws Exception {
        FakeReferences references = FakeReferences.withKeys();
        try (SecretClient client = fixture.open(Specs.secretsManager(), references)) {
            assertThat(value(client)).isEqualTo("AKIAEXAMPLE");
            references.keys("aws", "AKIANEW", "secret");
            accepted.set("AKIANEW");
            assertThat(value(client)).isEqualTo("AKIANEW");
        }
    }

    @Test
    void saysThatKeysHaveExpiredAndAsksNotTwiceForEachRead() throws Exception {
        accepted.set("another");
        try (SecretClient client = fixture.open(Specs.secretsManager())) {
            assertThat(read(client, RemoteRef.of("s")))
                    .isEqualTo(
                            new ReadOutcome.Invalid<>(
                                    "the credentials of this store have expired, says Secrets Manager in eu-west-1 (ExpiredTokenException)"));
            read(client, RemoteRef.of("s"));
        }
        assertThat(fixture.count("GetSecretValue")).isEqualTo(2);
    }

    @Test
    void findsThatKeysAreNotKnown() throws Exception {
        FakeReferences references = new FakeReferences().keys("aws", "BAD", "secret");
        try (SecretClient client = fixture.open(Specs.secretsManager(), references)) {
            assertThat(client.validate())
                    .isEqualTo(
                            new StoreHealth.Unusable(
                                    "AWS STS in eu-west-1 does not accept the credentials of this store (InvalidClientTokenId)"));
        }
    }

    @Test
    void saysWhichSecretIsMissing() throws Exception {
        try (SecretClient client = fixture.open(Specs.secretsManager(), new FakeReferences())) {
            assertThat(read(client, RemoteRef.of("s")))
                    .isEqualTo(new ReadOutcome.Invalid<>("Secret aws does not exist"));
        }
    }

    @Test
    void hasTheIdentityOfItsPod() throws Exception {
        var uri =
                new SystemProperty("aws.containerCredentialsFullUri", aws.address() + "/identity");
        var token = new SystemProperty("aws.containerAuthorizationToken", "pod-token");
        try (uri;
                token;
                SecretClient client = fixture.open(Specs.secretsManager().auth(null))) {
            assertThat(value(client)).isEqualTo("POD");
            assertThat(value(client)).isEqualTo("POD");
        }
        assertThat(aws.operations())
                .containsExactly("/identity", "GetSecretValue", "GetSecretValue");
    }

    @Test
    void saysThatThereIsNoIdentityToFind() throws Exception {
        try (SystemProperty off = new SystemProperty("aws.disableEc2Metadata", "true");
                SecretClient client = fixture.open(Specs.secretsManager().auth(null))) {
            assertThat(off).isNotNull();
            assertThat(read(client, RemoteRef.of("s")))
                    .isEqualTo(
                            new ReadOutcome.Invalid<>(
                                    "the operator has no AWS identity of its own: set spec.provider.aws.auth, or give the operator's ServiceAccount a role"));
        }
    }

    private static String value(SecretClient client) throws InterruptedException {
        return text(read(client, RemoteRef.of("s")));
    }

    /** A system property while it is open. */
    private record SystemProperty(String name, String value) implements AutoCloseable {

        SystemProperty {
            System.setProperty(name, value);
        }

        @Override
        public void close() {
            System.clearProperty(name);
        }
    }
}
