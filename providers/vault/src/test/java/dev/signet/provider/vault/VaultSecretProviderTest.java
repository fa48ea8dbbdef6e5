package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSecretProviderTest {

    private final VaultSecretProvider provider = new VaultSecretProvider();

    private static Specs plain() {
        return Specs.at("https://vault.test:8200");
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("vault"));
        assertThat(provider.capabilities()).isEqualTo(StoreCapabilities.READ_ONLY);
    }

    @Test
    void plainSpecHasNoProblems() {
        assertThat(provider.problems(plain().build())).isEmpty();
        assertThat(provider.problems(plain().token().build())).isEmpty();
        assertThat(provider.problems(plain().appRole("id").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vault:8200",
                "ftp://vault",
                "https://",
                "https://user:pass@vault",
                "https://vault/?a=b",
                "https://va ult"
            })
    void serverMustBeAPlainAddress(String server) {
        assertThat(provider.problems(Specs.at(server).build()))
                .singleElement()
                .asString()
                .startsWith("spec.provider.vault.server ");
    }

    @Test
    void authWithoutAnyLoginIsAProblem() {
        VaultAuth none = new VaultAuth("", null, null, null, null, null, null, null, null, null);

        assertThat(provider.problems(plain().auth(none).build()))
                .singleElement()
                .asString()
                .contains("names no way to log in");
    }

    @Test
    void headersThatTheProviderSetsItselfMayNotBeSet() {
        assertThat(provider.problems(plain().headers(Map.of("X-Vault-Token", "t")).build()))
                .containsExactly("spec.provider.vault.headers must not set X-Vault-Token");
    }

    @Test
    void clientCertificateNeedsItsKey() {
        VaultClientTls half = new VaultClientTls(new SecretKeySelector("tls", "", ""), null);

        assertThat(provider.problems(plain().tls(half).build()))
                .containsExactly(
                        "spec.provider.vault.tls needs both certSecretRef and keySecretRef");
    }

    @Test
    void tokenOfAServiceAccountMayNotBeShorterThanTheApiServerGrants() {
        var token =
                new VaultServiceAccountToken(
                        new ServiceAccountSelector("app", "", List.of()), List.of(), 60L);

        assertThat(
                        provider.problems(
                                plain().jwt(new VaultJwtAuth("jwt", "r", null, token)).build()))
                .singleElement()
                .asString()
                .contains("expirationSeconds must be at least 600");
    }

    @Test
    void referencesAreThoseOfTheLoginThatIsUsedAndOfTls() {
        Specs spec =
                plain().appRole("id")
                        .caProvider(new CaProvider("ConfigMap", "ca", "ca.crt", "ns"))
                        .tls(
                                new VaultClientTls(
                                        new SecretKeySelector("client", "", ""),
                                        new SecretKeySelector("client", "", "")));

        assertThat(provider.references(spec.build()))
                .containsExactlyInAnyOrder(
                        new Reference.SecretKey("", "approle", "secret-id"),
                        new Reference.ConfigMapKey("ns", "ca", "ca.crt"),
                        new Reference.SecretKey("", "client", "tls.crt"),
                        new Reference.SecretKey("", "client", "tls.key"));
    }

    @Test
    void ownTokenRefersToNothing() {
        assertThat(provider.references(plain().kubernetes("role", null).build())).isEmpty();
    }
}
