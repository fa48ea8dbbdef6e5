package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two tenants, each with a namespace and with credentials for its own part of the Vault. The second
 * tries to come by what is the first one's, in every way that a manifest offers.
 */
class TenantsE2E {

    private static OpenBao bao;

    private Space a;
    private Space b;
    private RunningOperator operator;

    @BeforeAll
    static void startVault() {
        bao = OpenBao.builder(Binaries.discover()).start();
        VaultApi api = bao.api();
        for (String tenant : List.of("a", "b")) {
            api.putKv2("secret", tenant + "/value", Map.of("k", "value-of-" + tenant));
            api.policy(
                    tenant,
                    "path \"secret/data/%s/*\" { capabilities = [\"read\"] }".formatted(tenant));
        }
        api.enableAuth("approle", "approle-a");
        api.enableKubernetesAuth("kubernetes-a", SharedControlPlane.get());
        api.enableJwtAuth("jwt-a", ServiceAccountKeys.publicKey());
    }

    @AfterAll
    static void stopVault() {
        bao.close();
    }

    @BeforeEach
    void start() {
        a = Space.fresh();
        b = Space.fresh();
        giveToken(a, "a");
        operator = RunningOperator.in("");
    }

    @AfterEach
    void stop() {
        assertThat(operator.fatal()).isEmpty();
        operator.close();
        a.close();
        b.close();
    }

    @Test
    void noReferenceOfASecretStoreLeavesItsNamespace() {
        Map<String, String> logins = prepareLoginsOfA();
        List<String> sound =
                List.of("token", "secret-id", "role-id", "account", "jwt-secret", "jwt-account");
        AuditLog control = bao.audit().fromNow();
        sound.forEach(name -> a.apply(attempts(logins).get(name)));
        sound.forEach(name -> a.apply(readOfA(name)));
        a.awaitAllReady(Kind.EXTERNAL_SECRET, sound.size());
        assertThat(control.count(TenantsE2E::isOfA)).as("what a may do itself").isEqualTo(11);
        // First with nothing of those names in the own namespace, then with credentials of b's own.
        attempts(logins).values().forEach(b::apply);
        logins.keySet().forEach(name -> b.apply(readOfA(name)));
        AuditLog audit = bao.audit().fromNow();
        for (String name : logins.keySet()) {
            b.awaitNotReady(name, "is not ready");
            assertThat(b.ready(Kind.SECRET_STORE, name).message())
                    .as(name)
                    .containsAnyOf(
                            "in namespace " + b.namespace() + ", which does not exist",
                            "may not read ConfigMap ca (key ca.crt) in namespace " + a.namespace(),
                            "operator's own ServiceAccount token");
        }
        assertThat(audit.entries()).filteredOn(TenantsE2E::isOfA).isEmpty();

        giveToken(b, "b");
        b.secret("role", Map.of("role-id", "no-role", "secret-id", "no-secret"));
        b.apply("kind: ServiceAccount\napiVersion: v1\nmetadata: {name: app}");
        b.secret("jwt", Map.of("token", jwt(b)));
        b.secret("ca", Map.of("ca.crt", "of b", "tls.crt", "of b", "tls.key", "of b"));
        logins.keySet().forEach(name -> forceSync(b, name));
        Space.await(() ->
                assertThat(b.ready("token").message()).contains("denies secret secret/a/value"));
        for (String name : logins.keySet()) {
            Space.await(() ->
                    assertThat(b.ready(name))
                            .as(name)
                            .matches(Ready::isFalse, "not ready")
                            .extracting(Ready::message)
                            .asString()
                            .doesNotContain("which does not exist"));
            assertThat(b.find(Kind.SECRET, name + "-out")).as(name).isEmpty();
        }
        assertThat(audit.entries()).filteredOn(TenantsE2E::isOfA).isEmpty();
    }

    @Test
    void storesOfOthersCannotBeNamed() {
        a.apply(Manifests.vaultStore("mine", bao.address(), Manifests.token("token")));
        a.apply(readOfA("mine"));
        a.awaitReady("mine");

        b.apply(readOfA("mine"));
        b.awaitNotReady("mine", "SecretStore " + b.namespace() + "/mine does not exist");
        for (String name : List.of("../" + a.namespace() + "/mine", a.namespace() + "/mine")) {
            assertThat(
                            b.tryApply(
                                    readOfA("climber")
                                            .replace(
                                                    "name: climber}\n  r",
                                                    "name: " + name + "}\n  r")))
                    .allMatch(reply -> reply.status() == 422, "refused by the API server");
        }
        String victim = "../../" + a.namespace() + "/secrets/token";
        assertThat(b.tryApply(readOfA("climber").replace("climber-out", victim)))
                .allMatch(reply -> reply.status() == 422, "refused by the API server");
    }

    @Test
    void conditionsOfAClusterSecretStoreHoldAlsoWhenTheyChange() {
        giveToken(b, "b");
        String css = "shared-" + a.namespace();
        String store =
                Manifests.vaultStore(
                        "ClusterSecretStore",
                        css,
                        bao.address(),
                        "tokenSecretRef: {name: token, key: token, namespace: %s}"
                                .formatted(a.namespace()),
                        "");
        a.apply(store + "  conditions: [{namespaces: [%s]}]".formatted(a.namespace()));
        a.apply(shared(css));
        b.apply(shared(css));
        a.awaitData("shared-out", Map.of("k", "value-of-a"));
        String denied = "is not allowed from namespace \"%s\"";
        b.awaitNotReady("shared", denied.formatted(b.namespace()));
        assertThat(b.find(Kind.SECRET, "shared-out")).isEmpty();

        a.apply(
                store
                        + "  conditions: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}]"
                                .formatted(b.namespace()));
        b.awaitData("shared-out", Map.of("k", "value-of-a"));
        a.awaitNotReady("shared", denied.formatted(a.namespace()));
        assertThat(a.data("shared-out")).isEqualTo(Map.of("k", "value-of-a"));

        a.apply(store + "  conditions: [{namespaceRegexes: ['^%s$']}]".formatted(a.namespace()));
        a.awaitReady("shared");
        b.awaitNotReady("shared", denied.formatted(b.namespace()));
    }

    @Test
    void namespaceThatLosesItsLabelLosesAccessAtTheNextRefresh() {
        String css = "labelled-" + a.namespace();
        a.apply(
                Manifests.vaultStore(
                                "ClusterSecretStore",
                                css,
                                bao.address(),
                                "tokenSecretRef: {name: token, key: token, namespace: %s}"
                                        .formatted(a.namespace()),
                                "")
                        + "  conditions: [{namespaceSelector: {matchLabels: {tenant: %s}}}]"
                                .formatted(b.namespace()));
        b.apply(shared(css));
        b.awaitNotReady("shared", "is not allowed");
        label(b, "yes-" + b.namespace());
        label(b, b.namespace());
        b.awaitReady("shared");
        label(b, "no-more");
        b.awaitNotReady("shared", "is not allowed");
    }

    @Test
    void referentStoreServesEachTenantWithItsOwnCredentials() {
        giveToken(b, "b");
        String css = "referent-" + a.namespace();
        a.apply(
                Manifests.vaultStore(
                        "ClusterSecretStore", css, bao.address(), Manifests.token("token"), ""));
        a.apply(read("own", "a/value").fromCluster(css).yaml());
        b.apply(read("own", "b/value").fromCluster(css).every("1s").yaml());
        b.apply(read("other", "a/value").fromCluster(css).every("1s").yaml());
        a.awaitData("own-out", Map.of("k", "value-of-a"));
        b.awaitData("own-out", Map.of("k", "value-of-b"));
        b.awaitNotReady("other", "denies secret secret/a/value");
        assertThat(b.find(Kind.SECRET, "other-out")).isEmpty();
        assertThat(operator.operator().openSessions()).isEqualTo(2);

        AuditLog audit = bao.audit().fromNow();
        b.secret("token", Map.of("token", token("b")));
        forceSync(b, "own");
        Space.await(() ->
                assertThat(audit.count(read -> read.path().equals("secret/data/b/value")))
                        .isGreaterThan(3));
        b.awaitReady("own");
        assertThat(audit.entries())
                .as("what b does to its credentials costs a nothing")
                .filteredOn(read -> read.path().equals("secret/data/a/value"))
                .allMatch(read -> !read.error().isEmpty());
        assertThat(b.find(Kind.SECRET, "other-out")).isEmpty();
    }

    @Test
    void whatIsNotOursIsNeitherTakenNorDeleted() {
        a.apply(Manifests.vaultStore("vault", bao.address(), Manifests.token("token")));
        a.apply(read("mover", "a/value").from("vault").yaml());
        a.awaitReady("mover");
        String mark =
                a.get(Kind.SECRET, "mover-out")
                        .at("/metadata/labels")
                        .path("reconcile.external-secrets.io/created-by")
                        .asText();
        assertThat(mark).isNotEmpty();
        for (Space space : List.of(a, b)) {
            space.apply(marked("precious", mark));
        }
        a.apply(owned("of-another", "Deployment", "apps/v1"));
        a.apply(owned("of-another-es", "ExternalSecret", "external-secrets.io/v1"));

        a.apply(read("thief", "a/value").from("vault").yaml().replace("thief-out", "of-another"));
        a.apply(
                read("thief-2", "a/value")
                        .from("vault")
                        .yaml()
                        .replace("thief-2-out", "of-another-es"));
        a.apply(read("mover", "a/value").from("vault").yaml().replace("mover-out", "moved"));

        a.awaitNotReady("thief", "failed to take ownership of target secret", "Deployment keeper");
        a.awaitNotReady("thief-2", "target is owned by another ExternalSecret", "keeper");
        a.awaitData("moved", Map.of("k", "value-of-a"));
        Space.await(() -> assertThat(a.find(Kind.SECRET, "mover-out")).isEmpty());
        assertThat(a.data("precious")).isEqualTo(Map.of("k", "v"));
        assertThat(b.data("precious")).isEqualTo(Map.of("k", "v"));
        assertThat(a.data("of-another")).isEqualTo(Map.of("k", "v"));
        assertThat(a.data("of-another-es")).isEqualTo(Map.of("k", "v"));
    }

    /** Ways to log in to what is a's, by name; each with references into a's namespace. */
    private Map<String, String> prepareLoginsOfA() {
        VaultApi api = bao.api();
        VaultApi.AppRole role =
                api.appRole("approle-a", a.namespace(), List.of("a"), Duration.ofMinutes(10));
        a.secret("role", Map.of("role-id", role.roleId(), "secret-id", role.secretId()));
        a.apply("kind: ServiceAccount\napiVersion: v1\nmetadata: {name: app}");
        a.secret("jwt", Map.of("token", jwt(a)));
        a.secret("ca", Map.of("ca.crt", "of a", "tls.crt", "of a", "tls.key", "of a"));
        a.apply("kind: ConfigMap\napiVersion: v1\nmetadata: {name: ca}\ndata: {ca.crt: of a}");
        api.kubernetesRole("kubernetes-a", "a", a.namespace(), "app", List.of("a"));
        api.jwtRole(
                "jwt-a",
                "a",
                "system:serviceaccount:%s:app".formatted(a.namespace()),
                "vault",
                List.of("a"));
        String roleRef = "roleRef: {name: role, key: role-id, namespace: A}";
        String secretId = "secretRef: {name: role, key: secret-id, namespace: A}";
        String account = "serviceAccountRef: {name: app, namespace: A}";
        String jwt = "secretRef: {name: jwt, key: token, namespace: A}";
        String token = "tokenSecretRef: {name: token, key: token, namespace: A}";
        Map<String, String> logins = new LinkedHashMap<>();
        logins.put("token", token);
        logins.put(
                "secret-id",
                "appRole: {path: approle-a, roleId: %s, %s}".formatted(role.roleId(), secretId));
        logins.put("role-id", "appRole: {path: approle-a, %s, %s}".formatted(roleRef, secretId));
        logins.put(
                "account", "kubernetes: {mountPath: kubernetes-a, role: a, %s}".formatted(account));
        logins.put(
                "kube-secret", "kubernetes: {mountPath: kubernetes-a, role: a, %s}".formatted(jwt));
        logins.put("operators-own", "kubernetes: {mountPath: kubernetes-a, role: a}");
        logins.put("jwt-secret", "jwt: {path: jwt-a, role: a, %s}".formatted(jwt));
        logins.put(
                "jwt-account",
                "jwt: {path: jwt-a, role: a, kubernetesServiceAccountToken: {%s}}"
                        .formatted(account));
        String ca = "}, caProvider: {type: %s, name: ca, key: ca.crt, namespace: A";
        logins.put("ca-secret", token + ca.formatted("Secret"));
        logins.put("ca-config-map", token + ca.formatted("ConfigMap"));
        logins.put(
                "client-certificate",
                token
                        + "}, tls: {certSecretRef: {name: ca, namespace: A}, keySecretRef: {name: ca, namespace: A}");
        return logins;
    }

    private Map<String, String> attempts(Map<String, String> logins) {
        Map<String, String> stores = new LinkedHashMap<>();
        logins.forEach((name, auth) ->
                stores.put(
                        name,
                        Manifests.vaultStore(
                                name,
                                bao.address(),
                                auth.replace("namespace: A", "namespace: " + a.namespace()))));
        return stores;
    }

    /** Whether this succeeded, as it can for somebody with a's credentials only. */
    private static boolean isOfA(AuditEntry entry) {
        boolean value = entry.path().startsWith("secret/data/a/");
        boolean login = entry.isLogin() && entry.path().matches("auth/[a-z]+-a/.*");
        // Some logins that are refused are no error in the log, but name nobody.
        return entry.error().isEmpty() && (value || (login && !entry.displayName().isEmpty()));
    }

    private static String readOfA(String name) {
        return read(name, "a/value").from(name).yaml();
    }

    private static String shared(String css) {
        return read("shared", "a/value").fromCluster(css).every("1s").yaml();
    }

    private static Manifests.EsBuilder read(String name, String key) {
        return Manifests.externalSecret(name).target("name: " + name + "-out").data("k", key, "k");
    }

    private static void giveToken(Space space, String tenant) {
        space.secret("token", Map.of("token", token(tenant)));
    }

    private static String token(String tenant) {
        return bao.api().createToken(List.of(tenant), Duration.ofMinutes(30));
    }

    private static String jwt(Space space) {
        return SharedControlPlane.get().api().token(space.namespace(), "app", List.of("vault"));
    }

    private static void forceSync(Space space, String name) {
        space.patch(
                Kind.EXTERNAL_SECRET,
                name,
                Map.of("metadata", Map.of("annotations", Map.of("force-sync", "1"))));
    }

    private static void label(Space space, String tenant) {
        SharedControlPlane.get()
                .api()
                .patch(
                        "/api/v1/namespaces/" + space.namespace(),
                        Map.of("metadata", Map.of("labels", Map.of("tenant", tenant))));
    }

    private static String marked(String name, String mark) {
        return """
        kind: Secret
        apiVersion: v1
        metadata:
          name: %s
          labels:
            reconcile.external-secrets.io/managed: "true"
            reconcile.external-secrets.io/created-by: %s
        stringData: {k: v}
        """
                .formatted(name, mark);
    }

    private static String owned(String name, String kind, String apiVersion) {
        return """
        kind: Secret
        apiVersion: v1
        metadata:
          name: %s
          ownerReferences:
            - {apiVersion: %s, kind: %s, name: keeper, uid: 11111111-1111-1111-1111-111111111111, controller: true}
        stringData: {k: v}
        """
                .formatted(name, apiVersion, kind);
    }
}
