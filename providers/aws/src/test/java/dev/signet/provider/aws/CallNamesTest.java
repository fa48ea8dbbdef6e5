package dev.signet.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Dashboards are built on these. */
class CallNamesTest {

    @Test
    void callsAreCountedByTheNamesOfExternalSecretsAndOneOfOurOwnForWhatItDoesNotDo() {
        assertThat(Arrays.stream(Operation.values()).map(CallNamesTest::counted))
                .containsExactlyInAnyOrder(
                        "AWS/SecretsManager GetSecretValue",
                        "AWS/SecretsManager BatchGetSecretValue",
                        "AWS/SecretsManager DescribeSecret",
                        "AWS/SecretsManager ListSecrets",
                        "AWS/ParameterStore GetParameter",
                        "AWS/ParameterStore GetParameters",
                        "AWS/ParameterStore GetParametersByPath",
                        "AWS/ParameterStore DescribeParameter",
                        "AWS/ParameterStore ListTagsForResource",
                        "AWS/STS AssumeRole",
                        "AWS/STS AssumeRoleWithWebIdentity",
                        "AWS/STS GetCallerIdentity");
    }

    private static String counted(Operation operation) {
        return operation.service().metric() + " " + operation.label();
    }
}
