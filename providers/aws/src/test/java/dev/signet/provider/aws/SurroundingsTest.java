package dev.signet.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    @Test
    void takesEndpointsFromTheVariablesOfExternalSecrets() {
        Surroundings around =
                Surroundings.of(
                        Map.of(
                                "AWS_SECRETSMANAGER_ENDPOINT", "http://127.0.0.1:4566",
                                "AWS_SSM_ENDPOINT", "https://ssm.example.com",
                                "AWS_STS_ENDPOINT", "not a url"));
        assertThat(around.endpoint(Service.SECRETS_MANAGER))
                .contains(URI.create("http://127.0.0.1:4566"));
        assertThat(around.endpoint(Service.PARAMETER_STORE))
                .contains(URI.create("https://ssm.example.com"));
        assertThat(around.endpoint(Service.STS)).isEmpty();
        assertThat(around.hasIdentityService()).isFalse();
    }

    @Test
    void seesThatThisProcessHasAnIdentity() {
        assertThat(
                        Surroundings.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://x"))
                                .hasIdentityService())
                .isTrue();
        assertThat(
                        Surroundings.of(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"))
                                .hasIdentityService())
                .isTrue();
    }
}
