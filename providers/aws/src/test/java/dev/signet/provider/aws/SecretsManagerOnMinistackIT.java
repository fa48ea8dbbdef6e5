package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerOnMinistackIT implements SecretsManagerCases {

    private static Ministack ministack;

    @BeforeAll
    static void start() {
        ministack = Ministack.start(Binaries.discover());
    }

    @AfterAll
    static void stop() {
        ministack.close();
    }

    @Override
    public Fixture fixture() {
        return Fixture.at(ministack.address());
    }

    @Test
    void followsAStageThatMovesOnMinistackAlone() throws Exception {
        SecretsManagerClient keeper = fixture().secretsManager();
        String first = keeper.createSecret(r -> r.name("moved").secretString("v1")).versionId();
        String second =
                keeper.putSecretValue(r -> r.secretId("moved").secretString("v2")).versionId();
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            assertThat(text(read(client, RemoteRef.of("moved")))).isEqualTo("v2");
            keeper.updateSecretVersionStage(r ->
                    r.secretId("moved")
                            .versionStage("AWSCURRENT")
                            .moveToVersionId(first)
                            .removeFromVersionId(second));
            assertThat(text(read(client, RemoteRef.of("moved")))).isEqualTo("v1");
        }
    }
}
