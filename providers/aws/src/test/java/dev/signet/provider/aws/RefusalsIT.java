package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.aws.ScriptedAws.Asked;
import dev.signet.provider.aws.ScriptedAws.Said;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the service's refusals come to, in batches and alone. */
class RefusalsIT {

    private static final RemoteRef A = RemoteRef.of("a");
    private static final RemoteRef B = RemoteRef.of("b");
    private static final String CANARY = "canary-5e1f";

    @Test
    void readsOneByOneWhereTheBatchIsDeniedAndRemembersIt() throws Exception {
        try (ScriptedAws aws =
                        ScriptedAws.saying(asked ->
                                asked.operation().equals("BatchGetSecretValue")
                                        ? denied()
                                        : Said.secret("x", "v"));
                SecretClient client = Fixture.at(aws.address()).open(Specs.secretsManager())) {
            for (int i = 0; i < 2; i++) {
                var answers = client.read(Set.of(A, B));
                assertThat(text(answers.get(A))).isEqualTo("v");
                assertThat(text(answers.get(B))).isEqualTo("v");
            }
            assertThat(aws.operations())
                    .containsExactly(
                            "BatchGetSecretValue",
                            "GetSecretValue",
                            "GetSecretValue",
                            "GetSecretValue",
                            "GetSecretValue");
        }
    }

    @Test
    void keepsADeniedMemberOfABatchFromTheOthers() throws Exception {
        String batch =
                """
                {"SecretValues":[{"Name":"a","SecretString":"v"}],\
                "Errors":[{"SecretId":"b","ErrorCode":"AccessDeniedException","Message":"no"}]}\
                """;
        try (ScriptedAws aws = ScriptedAws.saying(asked -> Said.ok(batch));
                SecretClient client = Fixture.at(aws.address()).open(Specs.secretsManager())) {
            var answers = client.read(Set.of(A, B));
            assertThat(text(answers.get(A))).isEqualTo("v");
            assertThat(answers.get(B))
                    .isEqualTo(
                            new ReadOutcome.Denied<>(
                                    "Secrets Manager in eu-west-1 denies access to secret 'b' (AccessDeniedException): allow secretsmanager:GetSecretValue"));
            assertThat(aws.operations()).containsExactly("BatchGetSecretValue");
        }
    }

    @Test
    void failsASearchOfWhichAMemberIsDenied() throws Exception {
        Function<Asked, Said> script =
                asked ->
                        Said.ok(
                                asked.operation().equals("ListSecrets")
                                        ? "{\"SecretList\":[{\"Name\":\"a\"},{\"Name\":\"b\"}]}"
                                        : """
                                        {"SecretValues":[{"Name":"a","SecretString":"v"}],\
                                        "Errors":[{"SecretId":"b","ErrorCode":"AccessDeniedException"}]}\
                                        """);
        try (ScriptedAws aws = ScriptedAws.saying(script);
                SecretClient client = Fixture.at(aws.address()).open(Specs.secretsManager())) {
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Denied.class);
        }
    }

    @Test
    void asksAloneForWhatABatchSaysNothingOf() throws Exception {
        try (ScriptedAws aws =
                        ScriptedAws.saying(asked ->
                                asked.operation().equals("BatchGetSecretValue")
                                        ? Said.ok("{\"SecretValues\":[],\"Errors\":[]}")
                                        : Said.error(400, "ResourceNotFoundException", "no"));
                SecretClient client = Fixture.at(aws.address()).open(Specs.secretsManager())) {
            assertThat(client.read(Set.of(A, B)).values())
                    .allMatch(answer -> answer instanceof ReadOutcome.Missing<?>);
            assertThat(aws.operations())
                    .containsExactly("BatchGetSecretValue", "GetSecretValue", "GetSecretValue");
        }
    }

    @Test
    void readsParametersAloneWhereOneOfThemIsDenied() throws Exception {
        try (ScriptedAws aws =
                        ScriptedAws.saying(asked ->
                                asked.operation().equals("GetParameters")
                                                || asked.body().contains("\"b\"")
                                        ? denied()
                                        : Said.ok(
                                                "{\"Parameter\":{\"Name\":\"a\",\"Value\":\"v\"}}"));
                SecretClient client = Fixture.at(aws.address()).open(Specs.parameterStore())) {
            var answers = client.read(Set.of(A, B));
            assertThat(text(answers.get(A))).isEqualTo("v");
            assertThat(answers.get(B)).isInstanceOf(ReadOutcome.Denied.class);
            client.read(Set.of(A, B));
            // One denied parameter says nothing of the call itself.
            assertThat(aws.operations().stream().filter("GetParameters"::equals)).hasSize(2);
        }
    }

    @Test
    void remembersThatGetParametersItselfIsDenied() throws Exception {
        try (ScriptedAws aws =
                        ScriptedAws.saying(asked ->
                                asked.operation().equals("GetParameters")
                                        ? denied()
                                        : Said.ok(
                                                "{\"Parameter\":{\"Name\":\"a\",\"Value\":\"v\"}}"));
                SecretClient client = Fixture.at(aws.address()).open(Specs.parameterStore())) {
            client.read(Set.of(A, B));
            client.read(Set.of(A, B));
            assertThat(aws.operations().stream().filter("GetParameters"::equals)).hasSize(1);
        }
    }

    @Test
    void isBusyForAsLongAsTheServiceSays() throws Exception {
        Said busy =
                new Said(
                        400,
                        "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}",
                        Map.of("Retry-After", "7"));
        assertThat(outcome(busy))
                .isEqualTo(
                        new ReadOutcome.Unavailable<>(
                                "Secrets Manager in eu-west-1 is busy (ThrottlingException)",
                                Optional.of(Duration.ofSeconds(7))));
    }

    @Test
    void tellsMissingFromDeniedFromInvalid() throws Exception {
        assertThat(outcome(Said.error(400, "ResourceNotFoundException", "x")))
                .isEqualTo(new ReadOutcome.Missing<>("secret 'a'"));
        assertThat(
                        outcome(
                                Said.error(
                                        400,
                                        "InvalidRequestException",
                                        "You can't perform this operation on the secret because it was marked for deletion.")))
                .isEqualTo(new ReadOutcome.Missing<>("secret 'a'"));
        assertThat(outcome(Said.error(400, "InvalidRequestException", "something else")))
                .isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(
                        outcome(
                                Said.error(
                                        400,
                                        "AccessDeniedException",
                                        "Access to KMS is not allowed")))
                .isEqualTo(
                        new ReadOutcome.Denied<>(
                                "Secrets Manager in eu-west-1 may not decrypt secret 'a' (AccessDeniedException): allow kms:Decrypt on its key"));
        assertThat(outcome(Said.error(400, "DecryptionFailure", "x")))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "Secrets Manager in eu-west-1 cannot decrypt secret 'a' (DecryptionFailure): look at the state and the policy of its KMS key"));
        assertThat(outcome(Said.error(400, "UnrecognizedClientException", "x")))
                .isInstanceOf(ReadOutcome.Denied.class);
        assertThat(outcome(Said.error(500, "InternalServiceError", "x")))
                .isInstanceOf(ReadOutcome.Unavailable.class);
    }

    @Test
    void takesNoStrangersAnswerForAMissingSecret() throws Exception {
        for (int status : new int[] {403, 404, 410, 502}) {
            assertThat(outcome(new Said(status, "<html>gone</html>", Map.of())))
                    .as("status %d", status)
                    .isInstanceOf(ReadOutcome.Unavailable.class);
        }
        assertThat(outcome(Said.ok("<html>fine</html>")))
                .isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(outcome(Said.ok("{}"))).isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void showsNothingOfAnAnswer() throws Exception {
        for (String code :
                Set.of(
                        "AccessDeniedException",
                        "ValidationException",
                        "InternalServiceError",
                        CANARY)) {
            assertThat(outcome(Said.error(400, code, CANARY)).toString())
                    .as(code)
                    .doesNotContain(CANARY);
        }
        assertThat(outcome(Said.ok("{\"SecretString\":\"" + CANARY)).toString())
                .doesNotContain(CANARY);
    }

    private static ReadOutcome<?> outcome(Said said) throws InterruptedException {
        try (ScriptedAws aws = ScriptedAws.saying(asked -> said);
                SecretClient client = Fixture.at(aws.address()).open(Specs.secretsManager())) {
            return read(client, A);
        }
    }

    private static Said denied() {
        return Said.error(400, "AccessDeniedException", "not authorized");
    }
}
