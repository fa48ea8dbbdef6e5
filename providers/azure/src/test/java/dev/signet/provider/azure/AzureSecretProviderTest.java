package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.AzureKvAuth;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureSecretProviderTest {

    private final AzureSecretProvider provider = new AzureSecretProvider();

    private static Specs plain() {
        return Specs.at("https://team.vault.azure.net");
    }

    private String onlyProblem(Specs spec) {
        List<String> problems = provider.problems(spec.build());
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("azurekv"));
        assertThat(provider.capabilities()).isEqualTo(StoreCapabilities.READ_ONLY);
    }

    @Test
    void doesWithoutTheSdkUntilASessionIsOpened() throws Exception {
        List<String> refused = new ArrayList<>();
        try (URLClassLoader loader = withoutSdk(refused)) {
            Class<?> type = loader.loadClass(AzureSecretProvider.class.getName());
            Object light = type.getConstructor().newInstance();
            for (var method : SecretProvider.class.getMethods()) {
                if (method.getParameterCount() == 0) {
                    assertThat(method.invoke(light)).isNotNull();
                }
            }
            for (String name : List.of("references", "problems")) {
                var method = SecretProvider.class.getMethod(name, Object.class);
                assertThat((List<?>) method.invoke(light, plain().bySecret().build())).isNotNull();
            }
        }
        assertThat(refused).isEmpty();
    }

    private URLClassLoader withoutSdk(List<String> refused) {
        URL classes =
                Objects.requireNonNull(
                                AzureSecretProvider.class.getProtectionDomain().getCodeSource())
                        .getLocation();
        return new URLClassLoader(new URL[] {classes}, getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve)
                    throws ClassNotFoundException {
                if (name.startsWith("com.azure.") || name.startsWith("reactor.")) {
                    refused.add(name);
                    throw new ClassNotFoundException(name);
                }
                if (name.startsWith("dev.signet.provider.azure.")) {
                    Class<?> own = findLoadedClass(name);
                    return own == null ? findClass(name) : own;
                }
                return super.loadClass(name, resolve);
            }
        };
    }

    @Test
    void plainSpecsHaveNoProblems() {
        assertThat(provider.problems(plain().bySecret().build())).isEmpty();
        assertThat(provider.problems(plain().byCertificate().build())).isEmpty();
        assertThat(provider.problems(plain().byWorkloadIdentity().build())).isEmpty();
        assertThat(provider.problems(plain().byManagedIdentity("").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "team.vault.azure.net",
                "http://team.vault.azure.net",
                "https://",
                "https://user:pass@team.vault.azure.net",
                "https://team.vault.azure.net/?a=b",
                "https://team.vault.azure.net/secrets/x",
                "https://team vault.azure.net",
                "https://vault.azure.net",
                "https://team.vault.azure.net.evil.test",
                "https://evilvault.azure.net",
                "https://localhost"
            })
    void vaultMustBeAPlainAddressInTheDomainOfTheCloud(String url) {
        assertThat(onlyProblem(Specs.at(url).bySecret()))
                .startsWith("spec.provider.azurekv.vaultUrl ");
    }

    @ParameterizedTest
    @CsvSource({
        "PublicCloud, https://team.vault.azure.net/, https://login.microsoftonline.com, https://vault.azure.net",
        "USGovernmentCloud, https://team.vault.usgovcloudapi.net, https://login.microsoftonline.us, https://vault.usgovcloudapi.net",
        "ChinaCloud, https://TEAM.vault.azure.cn, https://login.chinacloudapi.cn, https://vault.azure.cn",
    })
    void knowsTheAddressesOfTheClouds(String name, String url, String login, String audience) {
        Specs spec = Specs.at(url).bySecret().in(name);
        assertThat(provider.problems(spec.build())).isEmpty();
        assertThat(Cloud.of(spec.build()).authority()).isEqualTo(login);
        assertThat(Cloud.of(spec.build()).audience()).isEqualTo(audience);
    }

    @Test
    void cloudOfItsOwnNeedsItsAddresses() {
        Specs stack = Specs.at("https://team.vault.stack.test").bySecret().in("AzureStackCloud");
        assertThat(onlyProblem(stack)).contains("customCloudConfig is needed");
        Specs named = stack.custom("https://login.stack.test/", "", "");
        assertThat(provider.problems(named.build())).isEmpty();
        assertThat(Cloud.of(named.build()))
                .isEqualTo(new Cloud("https://login.stack.test", "https://vault.stack.test", ""));
        assertThat(Cloud.of(stack.custom("https://l.test", "", "vault.stack.test").build()))
                .isEqualTo(
                        new Cloud(
                                "https://l.test", "https://vault.stack.test", ".vault.stack.test"));
        assertThat(onlyProblem(stack.custom("http://login.stack.test", "", "")))
                .contains("activeDirectoryEndpoint");
        assertThat(onlyProblem(plain().bySecret().in("GermanCloud"))).contains("closed in 2021");
        assertThat(provider.problems(plain().bySecret().in("Moon").build())).isNotEmpty();
    }

    @Test
    void managedIdentityIsNotLentToOtherServicesThanTheCloudsVaults() {
        Specs spec = plain().byManagedIdentity("");
        assertThat(onlyProblem(spec.custom("https://login.test", "https://a.test", "")))
                .contains("ManagedIdentity");
        assertThat(
                        onlyProblem(
                                Specs.at("https://team.evil.test")
                                        .byManagedIdentity("")
                                        .custom("https://login.test", "", "evil.test")))
                .contains("ManagedIdentity");
        assertThat(onlyProblem(Specs.at("https://team.evil.test").byManagedIdentity("")))
                .contains("vaultUrl");
        assertThat(
                        provider.problems(
                                Specs.at("https://team.evil.test")
                                        .byManagedIdentity("")
                                        .in("AzureStackCloud")
                                        .custom("https://login.test", "", "")
                                        .build()))
                .anySatisfy(problem -> assertThat(problem).contains("ManagedIdentity"));
    }

    @Test
    void servicePrincipalNeedsTenantAndCredentials() {
        assertThat(onlyProblem(plain().bySecret().tenant(""))).contains("tenantId is needed");
        assertThat(onlyProblem(plain().bySecret().tenant("../common"))).contains("tenantId");
        assertThat(onlyProblem(plain())).contains("authSecretRef is needed");
        assertThat(onlyProblem(plain().auth(new AzureKvAuth(Specs.key("id"), null, null, null))))
                .contains("clientSecret or clientCertificate");
        assertThat(
                        onlyProblem(
                                plain().auth(
                                                new AzureKvAuth(
                                                        Specs.key("id"),
                                                        null,
                                                        Specs.key("secret"),
                                                        Specs.key("cert")))))
                .contains("not both");
        assertThat(
                        onlyProblem(
                                plain().auth(
                                                new AzureKvAuth(
                                                        null, null, Specs.key("secret"), null))))
                .contains("clientId is missing");
        assertThat(
                        onlyProblem(
                                plain().auth(
                                                new AzureKvAuth(
                                                        Specs.key("id"),
                                                        null,
                                                        new SecretKeySelector("", "", "k"),
                                                        null))))
                .contains("clientSecret.name is missing");
    }

    @Test
    void workloadIdentityNeedsAServiceAccount() {
        assertThat(onlyProblem(plain().as("WorkloadIdentity"))).contains("serviceAccountRef");
        assertThat(onlyProblem(plain().as("Password"))).contains("authType");
    }

    @Test
    void refersToWhatTheWayOfLoggingInNeeds() {
        assertThat(provider.references(plain().bySecret().build()))
                .containsExactly(
                        new Reference.SecretKey("", "azure", "client-id"),
                        new Reference.SecretKey("", "azure", "client-secret"));
        assertThat(provider.references(plain().byCertificate().build()))
                .containsExactly(
                        new Reference.SecretKey("", "azure", "client-id"),
                        new Reference.SecretKey("", "azure", "certificate"));
        assertThat(provider.references(plain().byManagedIdentity("").build())).isEmpty();
        assertThat(provider.references(plain().byWorkloadIdentity().build()))
                .containsExactly(new Reference.ServiceAccount("", "reader", List.of()));
        Reference.ServiceAccount elsewhere =
                SpecCheck.of(new ServiceAccountSelector("reader", "team-a", List.of("more")));
        assertThat(elsewhere)
                .isEqualTo(new Reference.ServiceAccount("team-a", "reader", List.of("more")));
    }
}
