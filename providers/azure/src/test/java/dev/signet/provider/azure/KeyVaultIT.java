package dev.signet.provider.azure;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.found;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyVaultIT {

    private static FakeKeyVault vault;

    private final FakeReferences references = FakeReferences.good();
    private SecretClient client;

    @BeforeAll
    static void start() throws Exception {
        vault = new FakeKeyVault();
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @BeforeEach
    void open() {
        vault.clear();
        client =
                Fixture.provider(vault)
                        .open(Fixture.spec(vault).bySecret().build(), references.context());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static RemoteRef version(String key, String version) {
        return new RemoteRef(key, "", version, false);
    }

    private static RemoteRef metadata(String key, String property) {
        return new RemoteRef(key, property, "", true);
    }

    @Test
    void readsTheVersionThatIsNamedAndElseTheCurrentOne() throws Exception {
        String first = vault.putSecret("db", "old");
        vault.putSecret("db", "new");
        assertThat(text(read(client, version("db", first)))).isEqualTo("old");
        assertThat(text(read(client, RemoteRef.of("secret/db")))).isEqualTo("new");
        assertThat(read(client, version("db", "f".repeat(32))))
                .isInstanceOf(ReadOutcome.Missing.class);
        assertThat(read(client, version("db", "../../keys/x")))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void tellsSecretsKeysAndCertificatesOfOneNameApart() throws Exception {
        vault.putSecret("web", "plain");
        vault.putKey(
                "web",
                "{\"kid\":\"https://v/keys/web/1\",\"kty\":\"RSA\",\"key_ops\":[\"sign\",\"verify\"],\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                Map.of("use", "tls"));
        byte[] der = {0x30, 0x03, 0x02, 0x01, (byte) 0xff};
        vault.putCertificate("web", Base64.getEncoder().encodeToString(der), Map.of("ca", "own"));
        assertThat(text(read(client, RemoteRef.of("web")))).isEqualTo("plain");
        assertThat(text(read(client, RemoteRef.of("key/web"))))
                .isEqualTo(
                        "{\"kid\":\"https://v/keys/web/1\",\"kty\":\"RSA\",\"key_ops\":[\"sign\",\"verify\"],\"n\":\"AQAB\",\"e\":\"AQAB\"}");
        assertThat(text(read(client, RemoteRef.of("key/web", "n")))).isEqualTo("AQAB");
        assertThat(found(read(client, RemoteRef.of("cert/web"))).bytes()).isEqualTo(der);
        assertThat(text(read(client, metadata("key/web", "use")))).isEqualTo("tls");
        assertThat(text(read(client, metadata("cert/web", "ca")))).isEqualTo("own");
        assertThat(extract(client, RemoteRef.of("cert/web")))
                .isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(read(client, RemoteRef.of("key/none"))).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(read(client, RemoteRef.of("cert/none"))).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(read(client, RemoteRef.of("certs/web"))).isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void readsTagsAndTimesAsMetadata() throws Exception {
        vault.putSecret(
                "api",
                "value",
                Map.of("exp", 1893456000L, "nbf", 1600000000L),
                Map.of("owner", "team-a", "contact", "{\"mail\":\"a@b\",\"phone\":\"1\"}"));
        assertThat(text(read(client, metadata("api", ""))))
                .isEqualTo(
                        "{\"attribute.created\":\"2023-11-14T22:13:20Z\",\"attribute.expires\":\"2030-01-01T00:00:00Z\",\"attribute.notBefore\":\"2020-09-13T12:26:40Z\",\"attribute.updated\":\"2023-11-14T22:13:21Z\",\"contact\":\"{\\\"mail\\\":\\\"a@b\\\",\\\"phone\\\":\\\"1\\\"}\",\"owner\":\"team-a\"}");
        assertThat(text(read(client, metadata("api", "owner")))).isEqualTo("team-a");
        assertThat(text(read(client, metadata("api", "contact.mail")))).isEqualTo("a@b");
        assertThat(text(read(client, metadata("api", "attribute.expires"))))
                .isEqualTo("2030-01-01T00:00:00Z");
        assertThat(read(client, metadata("api", "none"))).isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(texts(extract(client, metadata("api", ""))))
                .containsEntry("api_owner", "team-a")
                .containsEntry("api_contact_mail", "a@b")
                .containsEntry("api_attribute.notBefore", "2020-09-13T12:26:40Z");
    }

    @Test
    void findsByTagsOverManyPagesAndLeavesOutWhatIsDisabled() throws Exception {
        for (int i = 0; i < 60; i++) {
            vault.putSecret(
                    "item-%02d".formatted(i),
                    "v" + i,
                    Map.of("enabled", i != 50),
                    Map.of("env", i % 10 == 0 ? "prod" : "dev", "team", "a"));
        }
        int before = vault.pages.get();
        FindQuery query = new FindQuery("", "^item", Map.of("env", "prod", "team", "a"));
        assertThat(texts(client.find(query)))
                .isEqualTo(
                        Map.of(
                                "item-00", "v0", "item-10", "v10", "item-20", "v20", "item-30",
                                "v30", "item-40", "v40"));
        assertThat(vault.pages.get() - before).isEqualTo(3);
        assertThat(texts(client.find(new FindQuery("", "", Map.of("env", "none"))))).isEmpty();
    }

    @Test
    void failsToFindWhereOneOfTheSecretsCannotBeRead() throws Exception {
        vault.putSecret("good", "v");
        vault.putRefused("secrets/bad", "ForbiddenByRbac");
        assertThat(client.find(new FindQuery("", "", Map.of())))
                .isInstanceOf(ReadOutcome.Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "secrets/x, x, SecretDisabled, disabled",
        "secrets/x, x, SecretExpired, expired",
        "secrets/x, x, SecretNotYetValid, not valid yet",
        "keys/x, key/x, KeyDisabled, disabled",
        "certificates/x, cert/x, CertificateDisabled, disabled",
    })
    void tellsDisabledExpiredAndNotYetValidApart(
            String object, String key, String code, String words) throws Exception {
        vault.putRefused(object, code);
        assertThat(read(client, RemoteRef.of(key)))
                .isInstanceOfSatisfying(
                        ReadOutcome.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("'x'", words, code));
    }

    @ParameterizedTest
    @CsvSource({
        "ForbiddenByRbac, role assignment",
        "ForbiddenByPolicy, access policy",
        "AccessDenied, access policy",
        "ForbiddenByFirewall, firewall",
        "ForbiddenByConnection, private endpoint",
        "SomethingNew, no role or access policy",
    })
    void tellsWhyAccessIsDenied(String code, String words) throws Exception {
        vault.putRefused("secrets/x", code);
        assertThat(read(client, RemoteRef.of("x")))
                .isInstanceOfSatisfying(
                        ReadOutcome.Denied.class,
                        denied -> assertThat(denied.reason()).contains(words, "secret 'x'"));
    }

    @Test
    void asksOnceForWhatSeveralReferencesShareAndLogsInOnce() throws Exception {
        int logins = vault.login.logins.get();
        int reads = vault.reads.get();
        vault.putSecret("shared", "{\"a\":\"1\",\"b\":\"2\"}");
        Set<RemoteRef> refs = new HashSet<>();
        refs.add(RemoteRef.of("shared"));
        refs.add(RemoteRef.of("shared", "a"));
        refs.add(RemoteRef.of("secret/shared", "b"));
        refs.add(metadata("shared", ""));
        for (int i = 0; i < 3; i++) {
            assertThat(client.read(refs).values())
                    .allSatisfy(
                            outcome -> assertThat(outcome).isInstanceOf(ReadOutcome.Found.class));
        }
        assertThat(vault.reads.get() - reads).isEqualTo(3);
        assertThat(vault.login.logins.get() - logins).isEqualTo(1);
        assertThat(references.calls)
                .containsExactly(
                        "Azure/KeyVault Login ok",
                        "Azure/KeyVault GetSecret ok",
                        "Azure/KeyVault GetSecret ok",
                        "Azure/KeyVault GetSecret ok");
    }

    @Test
    void isValidWhereTheIdentityMayReadButNotList() throws Exception {
        vault.trouble =
                Optional.of(exchange ->
                        FakeKeyVault.answer(
                                exchange,
                                403,
                                Map.of(),
                                FakeKeyVault.error("Forbidden", "ForbiddenByRbac")));
        try {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
        } finally {
            vault.trouble = Optional.empty();
        }
    }
}
