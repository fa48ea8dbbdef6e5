package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads of all kinds from a real server. */
class KvIT {

    private static OpenBao bao;
    private static Fixture v2;
    private static Fixture v1;

    @BeforeAll
    static void start() {
        bao = OpenBao.builder(Binaries.discover()).start();
        VaultApi api = bao.api();
        api.enableKv("one", 1);
        api.putKv2("secret", "app", Map.of("user", "u", "password", "old"));
        api.putKv2(
                "secret",
                "app",
                Map.of("user", "u", "password", "n€w<>", "n", 1.5, "o", Map.of("k", List.of(1))));
        api.write("one/app", Map.of("user", "v1", "port", 5432));
        api.write("one/dir/sub", Map.of("k", "v"));
        v2 = Fixture.of(Specs.at(bao.address()).token(), Fixture.tokenSecret(bao.rootToken()));
        v1 =
                Fixture.of(
                        Specs.at(bao.address()).path("one").v1().token(),
                        Fixture.tokenSecret(bao.rootToken()));
    }

    @AfterAll
    static void stop() {
        v1.close();
        v2.close();
        bao.close();
    }

    @Test
    void readsPropertiesAndTheWhole() throws Exception {
        assertThat(Fixture.text(v2.read("app", "password"))).isEqualTo("n€w<>");
        assertThat(Fixture.text(v2.read("secret/data/app", "o.k.0"))).isEqualTo("1");
        assertThat(Fixture.text(v2.read("app")))
                .isEqualTo(
                        "{\"n\":1.5,\"o\":{\"k\":[1]},\"password\":\"n€w\\u003c\\u003e\",\"user\":\"u\"}");
        assertThat(Fixture.text(v1.read("app", "port"))).isEqualTo("5432");
        assertThat(Fixture.text(v1.read("one/app"))).isEqualTo("{\"port\":5432,\"user\":\"v1\"}");
    }

    @Test
    void readsWithoutAPathInTheStore() throws Exception {
        try (var session =
                Fixture.of(
                        Specs.at(bao.address()).path("").token(),
                        Fixture.tokenSecret(bao.rootToken()))) {
            assertThat(Fixture.text(session.read("secret/app", "user"))).isEqualTo("u");
            assertThat(Fixture.text(session.read("secret/data/app", "user"))).isEqualTo("u");
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void readsOlderVersions() throws Exception {
        assertThat(Fixture.text(v2.read(new RemoteRef("app", "password", "1", false))))
                .isEqualTo("old");
        assertThat(v2.read(new RemoteRef("app", "password", "99", false)))
                .isEqualTo(new ReadOutcome.Missing<>("secret secret/app in version 99"));
        assertThat(v2.read(new RemoteRef("app", "password", "two", false)))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void extractsTheKeys() throws Exception {
        assertThat(Fixture.texts(v2.extract(RemoteRef.of("app"))))
                .containsEntry("password", "n€w<>")
                .containsEntry("n", "1.5")
                .containsEntry("o", "{\"k\":[1]}")
                .hasSize(4);
        assertThat(Fixture.texts(v2.extract(RemoteRef.of("app", "o")))).containsEntry("k", "[1]");
    }

    @Test
    void deletedAndDestroyedVersionsAreMissing() throws Exception {
        VaultApi api = bao.api();
        api.putKv2("secret", "gone/deleted", Map.of("k", "v"));
        api.delete("secret/data/gone/deleted");
        api.putKv2("secret", "gone/destroyed", Map.of("k", "v"));
        api.send("PUT", "secret/destroy/gone/destroyed", Map.of("versions", List.of(1)));

        assertThat(v2.read("gone/deleted", "k"))
                .isEqualTo(new ReadOutcome.Missing<>("secret secret/gone/deleted (deleted)"));
        assertThat(v2.read("gone/destroyed"))
                .isEqualTo(new ReadOutcome.Missing<>("secret secret/gone/destroyed (destroyed)"));
        assertThat(v2.extract(RemoteRef.of("gone/destroyed")))
                .isInstanceOf(ReadOutcome.Missing.class);
        assertThat(v2.read("gone/never"))
                .isEqualTo(new ReadOutcome.Missing<>("secret secret/gone/never"));
        assertThat(v1.read("never")).isInstanceOf(ReadOutcome.Missing.class);
    }

    @Test
    void versionThatIsReadByItsNumberIsAloneInBeingGone() throws Exception {
        VaultApi api = bao.api();
        api.putKv2("secret", "gone/some", Map.of("k", "first"));
        api.putKv2("secret", "gone/some", Map.of("k", "second"));
        api.send("PUT", "secret/destroy/gone/some", Map.of("versions", List.of(1)));

        assertThat(v2.read(new RemoteRef("gone/some", "k", "1", false)))
                .isEqualTo(
                        new ReadOutcome.Missing<>(
                                "secret secret/gone/some in version 1 (destroyed)"));
        assertThat(Fixture.text(v2.read("gone/some", "k"))).isEqualTo("second");
        assertThat(v2.read(new RemoteRef("gone/some", "k", "9", false)))
                .isInstanceOf(ReadOutcome.Missing.class);
    }

    @Test
    void propertyThatIsNotThereIsInvalid() throws Exception {
        assertThat(v2.read("app", "nope")).isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void aMountThatIsNotThereOrOfTheOtherVersionIsNotAMissingSecret() throws Exception {
        FakeReferences token = Fixture.tokenSecret(bao.rootToken());
        Specs at = Specs.at(bao.address()).token();
        try (var nowhere = Fixture.of(at.path("nowhere"), token);
                var wrongVersion = Fixture.of(at.path("secret").v1(), token)) {
            assertThat(nowhere.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(wrongVersion.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void fetchesMetadata() throws Exception {
        bao.api().putKv2("secret", "tagged", Map.of("k", "v"));
        bao.api()
                .write(
                        "secret/metadata/tagged",
                        Map.of("custom_metadata", Map.of("team", "blue", "tier", "1")));

        var outcome = v2.extract(new RemoteRef("tagged", "", "", true));

        assertThat(Fixture.texts(outcome))
                .containsEntry("team", "blue")
                .containsEntry("tier", "1")
                .containsEntry("current_version", "1")
                .containsEntry("delete_version_after", "0s")
                .containsKey("created_time")
                .hasSize(5);
        assertThat(Fixture.text(v2.read(new RemoteRef("tagged", "team", "", true))))
                .isEqualTo("blue");
        assertThat(v2.read(new RemoteRef("never", "", "", true)))
                .isInstanceOf(ReadOutcome.Missing.class);
        assertThat(v1.read(new RemoteRef("app", "", "", true)))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void referencesToOneSecretCostOneCall() throws Exception {
        AuditLog audit = bao.audit().fromNow();

        var outcomes =
                v2.client.read(
                        Set.of(
                                RemoteRef.of("app", "user"),
                                RemoteRef.of("secret/app", "password"),
                                RemoteRef.of("app"),
                                new RemoteRef("app", "password", "1", false),
                                RemoteRef.of("never", "a"),
                                RemoteRef.of("never", "b")));

        assertThat(outcomes).hasSize(6);
        assertThat(audit.kvReads()).isEqualTo(3);
    }

    @Test
    void findsByNameRecursively() throws Exception {
        VaultApi api = bao.api();
        api.putKv2("secret", "find/a/db", Map.of("k", "<1>"));
        api.putKv2("secret", "find/a/deep/er/db2", Map.of("k", "2"));
        api.putKv2("secret", "find/web", Map.of("k", "3"));
        api.putKv2("secret", "find/a/db-gone", Map.of("k", "4"));
        api.delete("secret/data/find/a/db-gone");

        var byName = v2.client.find(new FindQuery("find", "db\\d?$|db-gone", Map.of()));

        assertThat(Fixture.texts(byName))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "find/a/db", "{\"k\":\"\\u003c1\\u003e\"}",
                                "find/a/deep/er/db2", "{\"k\":\"2\"}"));
        assertThat(Fixture.texts(v2.client.find(new FindQuery("", "^find/web$", Map.of()))))
                .containsOnlyKeys("find/web");
        assertThat(Fixture.texts(v2.client.find(new FindQuery("find", "nothing", Map.of()))))
                .isEmpty();
        assertThat(v2.client.find(new FindQuery("find/never", ".", Map.of())))
                .isInstanceOf(ReadOutcome.Missing.class);
        assertThat(v2.client.find(new FindQuery("find", "(", Map.of())))
                .isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(Fixture.texts(v1.client.find(new FindQuery("", "", Map.of()))))
                .containsOnlyKeys("app", "dir/sub");
    }

    @Test
    void findsASecretBelowAFolderThatIsCalledLikeTheMount() throws Exception {
        bao.api().putKv2("secret", "secret/data/odd", Map.of("k", "odd"));

        assertThat(Fixture.texts(v2.client.find(new FindQuery("", "odd$", Map.of()))))
                .containsExactlyEntriesOf(Map.of("secret/data/odd", "{\"k\":\"odd\"}"));
    }

    @Test
    void findsByTags() throws Exception {
        for (String team : List.of("red", "green")) {
            bao.api().putKv2("secret", "tags/" + team, Map.of("k", team));
            bao.api()
                    .write(
                            "secret/metadata/tags/" + team,
                            Map.of("custom_metadata", Map.of("team", team, "env", "prod")));
        }

        var found = v2.client.find(new FindQuery("tags", "", Map.of("team", "red", "env", "prod")));

        assertThat(Fixture.texts(found)).containsOnlyKeys("tags/red");
        assertThat(
                        Fixture.texts(
                                v2.client.find(
                                        new FindQuery("tags", "green", Map.of("env", "prod")))))
                .containsOnlyKeys("tags/green");
        assertThat(v1.client.find(new FindQuery("", "", Map.of("team", "red"))))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void awkwardNamesAreReadLiterally() throws Exception {
        bao.api().send("POST", "secret/data/odd%20name%3F%25", Map.of("data", Map.of("k", "v")));

        assertThat(Fixture.text(v2.read("odd name?%", "k"))).isEqualTo("v");
    }

    @Test
    void readsInItsNamespace() throws Exception {
        VaultApi team = bao.api().createNamespace("team");
        team.enableKv("secret", 2);
        team.putKv2("secret", "app", Map.of("user", "of-team"));
        try (var session =
                Fixture.of(
                        Specs.at(bao.address()).namespace("team").token(),
                        Fixture.tokenSecret(bao.rootToken()))) {
            assertThat(Fixture.text(session.read("app", "user"))).isEqualTo("of-team");
        }
    }

    @Test
    void validatesTokenMountAndVersion() throws Exception {
        FakeReferences token = Fixture.tokenSecret(bao.rootToken());
        Specs at = Specs.at(bao.address()).token();
        try (var wrongVersion = Fixture.of(at.path("one"), token);
                var badToken = Fixture.of(at, Fixture.tokenSecret("s.wrong"));
                var noSecret = Fixture.of(at, new FakeReferences())) {
            assertThat(v2.client.validate()).isInstanceOf(StoreHealth.Valid.class);
            assertThat(v1.client.validate()).isInstanceOf(StoreHealth.Valid.class);
            assertThat(reason(wrongVersion)).contains("KV engine of version v1");
            assertThat(reason(badToken))
                    .contains(bao.address().toString())
                    .contains("the token of Secret vault-token")
                    .doesNotContain("s.wrong");
            assertThat(reason(noSecret)).contains("vault-token/token does not exist");
        }
    }

    private static String reason(Fixture session) throws InterruptedException {
        return session.client.validate() instanceof StoreHealth.Unusable(String reason)
                ? reason
                : "usable";
    }
}
