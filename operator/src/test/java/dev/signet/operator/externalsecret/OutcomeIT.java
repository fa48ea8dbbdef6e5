package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.rig.Rig;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.VaultServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Only a value that a backend says is gone may cost a Secret its data: one that is denied, or that
 * cannot be asked for, never does.
 */
class OutcomeIT {

    private static final List<String> KEPT = List.of("property", "denied", "shut");

    private static VaultServer vault;
    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        vault = VaultServer.start(Binaries.discover());
        vault.api().enableKv("kv", 2);
        rig = Rig.start();
        scene = new Scene(rig);
    }

    @AfterAll
    static void stop() {
        rig.close();
        vault.close();
    }

    @Test
    void onlyWhatIsGoneIsDeleted() {
        for (String key : List.of("gone", "erased", "property", "denied", "shut", "one", "two")) {
            vault.api().putKv2("kv", key, Map.of("v", "1"));
        }
        String all = "path \"kv/*\" { capabilities = [\"read\", \"list\"] }";
        vault.api().policy("reader", all);
        rig.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: token}
                stringData: {token: '%s'}
                ---
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: vault}
                spec:
                  provider:
                    vault:
                      server: %s
                      path: kv
                      auth: {tokenSecretRef: {name: token, key: token}}
                """
                        .formatted(
                                vault.api().createToken(List.of("reader"), Duration.ofHours(1)),
                                vault.address()));
        for (String key : List.of("gone", "erased", "property", "denied", "shut")) {
            make(key, "{secretKey: v, remoteRef: {key: %s, property: v}}".formatted(key));
        }
        make(
                "partly",
                "{secretKey: one, remoteRef: {key: one}}, {secretKey: two, remoteRef: {key: two}}");
        make(
                "all",
                "{secretKey: one, remoteRef: {key: one}}, {secretKey: two, remoteRef: {key: two}}");
        scene.patch("all", "{\"spec\":{\"target\":{\"deletionPolicy\":\"Retain\"}}}");
        rig.awaitData("partly", Map.of("one", "{\"v\":\"1\"}", "two", "{\"v\":\"1\"}"));
        rig.awaitData("all", Map.of("one", "{\"v\":\"1\"}", "two", "{\"v\":\"1\"}"));
        for (String key : List.of("gone", "erased", "property", "denied", "shut")) {
            rig.awaitData(key, Map.of("v", "1"));
        }

        vault.api()
                .policy("reader", all + "\npath \"kv/data/denied\" { capabilities = [\"deny\"] }");
        vault.api().delete("kv/data/gone");
        vault.api().delete("kv/metadata/erased");
        vault.api().delete("kv/data/two");
        vault.api().putKv2("kv", "property", Map.of("other", "1"));

        rig.await(() -> rig.secret("gone").isEmpty() && rig.secret("erased").isEmpty());
        assertThat(rig.awaitReady("gone").reason()).isEqualTo("SecretDeleted");
        rig.awaitData("partly", Map.of("one", "{\"v\":\"1\"}"));
        assertThat(rig.awaitReady("partly").reason()).isEqualTo("SecretSynced");
        assertThat(rig.awaitNotReady("all").message()).contains("spec.data[1] (key: two)");
        assertThat(rig.data("all")).hasSize(2);
        assertThat(rig.awaitNotReady("denied").message()).contains("spec.data[0] (key: denied)");
        rig.awaitNotReady("property");

        vault.seal();
        rig.awaitNotReady("shut");
        rig.awaitNotReady("partly");
        assertThat(KEPT).allSatisfy(key -> assertThat(rig.data(key)).isEqualTo(Map.of("v", "1")));
        assertThat(rig.data("partly")).hasSize(1);
        for (String name : List.of("denied", "property", "shut")) {
            assertThat(scene.message(name)).doesNotContain("\"1\"");
        }

        vault.unseal();
        vault.api().putKv2("kv", "shut", Map.of("v", "2"));
        vault.api().putKv2("kv", "gone", Map.of("v", "2"));
        rig.awaitData("shut", Map.of("v", "2"));
        rig.awaitData("gone", Map.of("v", "2"));
        rig.awaitReady("shut");
    }

    private static void make(String name, String data) {
        scene.externalSecretOf(
                name,
                "vault",
                """
                refreshInterval: 1s
                target: {deletionPolicy: Delete}
                data: [%s]
                """
                        .formatted(data));
    }
}
