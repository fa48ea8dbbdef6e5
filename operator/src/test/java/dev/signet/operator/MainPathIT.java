package dev.signet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.rig.Rig;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MainPathIT {

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void writesASecretFromAStore() {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: fake}
                spec:
                  provider:
                    fake:
                      data:
                        - {key: /app, value: '{"user":"u","password":"p"}'}
                ---
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: main, labels: {team: a}}
                spec:
                  secretStoreRef: {name: fake}
                  data:
                    - {secretKey: password, remoteRef: {key: /app, property: password}}
                  dataFrom:
                    - extract: {key: /app}
                """);

        assertThat(rig.awaitReady("main").message()).isEqualTo("secret synced");
        assertThat(rig.data("main")).isEqualTo(Map.of("user", "u", "password", "p"));
        assertThat(rig.secret("main").orElseThrow().getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("reconcile.external-secrets.io/managed", "true");
    }
}
