package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.api.store.CaProvider;
import dev.signet.api.store.GcpSecretRef;
import dev.signet.api.store.GcpWorkloadIdentity;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultCertAuth;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultGcpAuth;
import dev.signet.api.store.VaultIamAuth;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultLdapAuth;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.api.store.VaultUserPassAuth;
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

    private static VaultAuth auth(
            VaultLdapAuth ldap,
            VaultUserPassAuth user,
            VaultCertAuth cert,
            VaultIamAuth iam,
            VaultGcpAuth gcp) {
        return new VaultAuth("", null, null, null, ldap, user, null, cert, iam, gcp);
    }

    private static VaultIamAuth iam(String region, AwsCredentialRefs keys, AwsJwtAuth jwt) {
        return new VaultIamAuth("", region, "", "role", "", "", keys, jwt);
    }

    private static VaultGcpAuth gcp(
            GcpSecretRef key, GcpWorkloadIdentity workload, ServiceAccountSelector account) {
        return new VaultGcpAuth("gcp", "role", "", "", key, workload, account);
    }

    private List<String> problems(VaultAuth auth) {
        return provider.problems(plain().auth(auth).build());
    }

    private List<Reference> references(VaultAuth auth) {
        return provider.references(plain().auth(auth).build());
    }

    @Test
    void eachLoginSaysWhatItMisses() {
        var nothing = new SecretKeySelector("", "", "");
        String at = "spec.provider.vault.auth.";

        assertThat(problems(auth(new VaultLdapAuth("", "", null), null, null, null, null)))
                .containsExactly(at + "ldap.username is missing", at + "ldap.secretRef is missing");
        assertThat(problems(auth(null, new VaultUserPassAuth("", "u", nothing), null, null, null)))
                .containsExactly(at + "userPass.secretRef.name is missing");
        assertThat(problems(auth(null, null, new VaultCertAuth("", "", null, null), null, null)))
                .containsExactly(
                        at + "cert.clientCert is missing", at + "cert.secretRef is missing");
        assertThat(
                        problems(
                                auth(
                                        null,
                                        null,
                                        null,
                                        new VaultIamAuth("", "", "", "", "ext", "", null, null),
                                        null)))
                .containsExactly(
                        at + "iam.vaultRole is missing",
                        at + "iam.externalID goes with role, which is missing");
        assertThat(
                        problems(
                                auth(
                                        null,
                                        null,
                                        null,
                                        iam("", new AwsCredentialRefs(null, null, null), null),
                                        null)))
                .containsExactly(
                        at + "iam.secretRef.accessKeyIDSecretRef is missing",
                        at + "iam.secretRef.secretAccessKeySecretRef is missing");
        assertThat(problems(auth(null, null, null, iam("", null, new AwsJwtAuth(null)), null)))
                .containsExactly(at + "iam.jwt.serviceAccountRef is missing");
        assertThat(problems(auth(null, null, null, null, gcp(new GcpSecretRef(null), null, null))))
                .containsExactly(at + "gcp.secretRef.secretAccessKeySecretRef is missing");
        assertThat(
                        problems(
                                auth(
                                        null,
                                        null,
                                        null,
                                        null,
                                        gcp(
                                                null,
                                                null,
                                                new ServiceAccountSelector("a", "", List.of())))))
                .containsExactly(
                        at
                                + "gcp.serviceAccountRef is not supported; name the ServiceAccount in workloadIdentity.serviceAccountRef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.test/", "eu-west-1.evil.test#", "eu_west_1", "EU-WEST-1", "1"})
    void regionMayNotLeadToAnotherHost(String region) {
        assertThat(problems(auth(null, null, null, iam(region, null, null), null)))
                .containsExactly("spec.provider.vault.auth.iam.region is no region of AWS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu-west-1", "us-gov-east-1", "cn-northwest-1", "ap-southeast-12"})
    void regionsOfAwsAreTaken(String region) {
        assertThat(problems(auth(null, null, null, iam(region, null, null), null))).isEmpty();
    }

    @Test
    void referencesOfEachLoginAreNamed() {
        var password = new SecretKeySelector("people", "", "password");
        var client = new SecretKeySelector("client", "", "");
        var account = new ServiceAccountSelector("app", "", List.of());

        assertThat(references(auth(new VaultLdapAuth("", "u", password), null, null, null, null)))
                .containsExactly(new Reference.SecretKey("", "people", "password"));
        assertThat(
                        references(
                                auth(
                                        null,
                                        new VaultUserPassAuth("", "u", password),
                                        null,
                                        null,
                                        null)))
                .containsExactly(new Reference.SecretKey("", "people", "password"));
        assertThat(
                        references(
                                auth(
                                        null,
                                        null,
                                        null,
                                        iam(
                                                "",
                                                new AwsCredentialRefs(password, password, client),
                                                null),
                                        null)))
                .contains(new Reference.SecretKey("", "people", "password"));
        assertThat(references(auth(null, null, null, iam("", null, new AwsJwtAuth(account)), null)))
                .containsExactly(new Reference.ServiceAccount("", "app", List.of()));
        assertThat(
                        references(
                                auth(
                                        null,
                                        null,
                                        null,
                                        null,
                                        gcp(new GcpSecretRef(password), null, null))))
                .containsExactly(new Reference.SecretKey("", "people", "password"));
        assertThat(
                        references(
                                auth(
                                        null,
                                        null,
                                        null,
                                        null,
                                        gcp(
                                                null,
                                                new GcpWorkloadIdentity(account, "", "", ""),
                                                null))))
                .containsExactly(new Reference.ServiceAccount("", "app", List.of()));
    }

    @Test
    void certificateOfTheLoginTakesThePlaceOfThatOfTls() {
        var client = new SecretKeySelector("client", "", "");
        var other = new SecretKeySelector("other", "", "");
        Specs spec =
                plain().tls(new VaultClientTls(other, other))
                        .auth(
                                auth(
                                        null,
                                        null,
                                        new VaultCertAuth("", "", client, client),
                                        null,
                                        null));

        assertThat(provider.problems(spec.build())).isEmpty();
        assertThat(provider.references(spec.build()))
                .containsExactlyInAnyOrder(
                        new Reference.SecretKey("", "client", "tls.crt"),
                        new Reference.SecretKey("", "client", "tls.key"));
    }
}
