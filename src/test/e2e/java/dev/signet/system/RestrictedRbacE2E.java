package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.StartupException;
import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.KubeApi;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.RbacRule;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator with the rights that it needs, and with one of them missing. */
class RestrictedRbacE2E {

    private static final OperatorConfig EVERYWHERE = OperatorConfig.DEFAULTS;

    private Space space;

    @BeforeEach
    void open() {
        space = Space.fresh();
    }

    @AfterEach
    void close() {
        space.close();
    }

    @Test
    void theListedRulesAreEnough() throws Exception {
        List<RbacRule> rules =
                join(
                        rules("required"),
                        rules("clusterStores"),
                        rules("sealedSecrets"),
                        rules("optional"));
        ServiceAccountUser user = account("operator", rules);
        awaitRules(user, EVERYWHERE);
        long refusals = refusals();
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                RunningOperator operator = RunningOperator.with(user.token(), EVERYWHERE)) {
            exercise(bao);
            assertThat(operator.fatal()).isEmpty();
        }
        assertThat(refusals()).as("requests that the API server refused").isEqualTo(refusals);
    }

    @Test
    void oneNamespaceNeedsARoleInItOnly() throws Exception {
        OperatorConfig config =
                new OperatorConfig(
                        space.namespace(),
                        EVERYWHERE.controllerClass(),
                        EVERYWHERE.concurrent(),
                        EVERYWHERE.storeRequeueInterval(),
                        false,
                        EVERYWHERE.floodGate(),
                        EVERYWHERE.refreshesPerSecond(),
                        EVERYWHERE.fallbackStore(),
                        EVERYWHERE.localEndpoints(),
                        EVERYWHERE.ownTokenFile(),
                        new SealedSecretsConfig(
                                true,
                                space.namespace(),
                                EVERYWHERE.sealedSecrets().unseal(),
                                EVERYWHERE.sealedSecrets().keys()));
        ServiceAccountUser user = account("operator", List.of());
        bindRole(user, join(rules("required"), rules("sealedSecrets")));
        awaitRules(user, config);
        long refusals = refusals();
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                RunningOperator operator = RunningOperator.with(user.token(), config)) {
            bao.api().putKv2("secret", "value", Map.of("k", "v"));
            space.secret("token", Map.of("token", bao.rootToken()));
            space.apply(Manifests.vaultStore("vault", bao.address(), Manifests.token("token")));
            space.apply(secret("synced").from("vault").yaml());
            space.awaitData("synced", Map.of("k", "v"));
            assertThat(operator.fatal()).isEmpty();
        }
        assertThat(refusals()).isEqualTo(refusals);
    }

    @Test
    void startNamesTheRuleThatIsMissing() {
        List<RbacRule> all = join(rules("required"), rules("clusterStores"));
        List<Lack> lacks = new ArrayList<>();
        for (RbacRule rule : all) {
            rule.verbs().forEach(verb -> lacks.add(new Lack(rule, verb)));
        }
        Parallel.each(
                lacks.size(),
                i -> {
                    Lack lack = lacks.get(i);
                    ServiceAccountUser user = account("lacking-" + i, lack.of(all));
                    Space.await(() ->
                            assertThat(problem(user, EVERYWHERE))
                                    .hasValue(
                                            "RBAC does not allow the operator to %s (in all namespaces); add the rules to its role"
                                                    .formatted(lack.shown())));
                });
    }

    @Test
    void storeSaysWhichOptionalRuleIsMissing() throws Exception {
        ServiceAccountUser user =
                account("operator", join(rules("required"), rules("clusterStores")));
        awaitRules(user, EVERYWHERE);
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                RunningOperator _ = RunningOperator.with(user.token(), EVERYWHERE)) {
            space.apply("kind: ServiceAccount\napiVersion: v1\nmetadata: {name: app}");
            space.apply(
                    Manifests.vaultStore(
                            "account",
                            bao.address(),
                            "kubernetes: {mountPath: k, role: r, serviceAccountRef: {name: app}}"));
            space.apply(secret("account").from("account").yaml());
            String css = "selecting-" + space.namespace();
            space.secret("token", Map.of("token", bao.rootToken()));
            space.apply(selectingStore(css, bao));
            space.apply(secret("selected").fromCluster(css).yaml());

            space.awaitNotReady(
                    "account",
                    "cannot request a token of ServiceAccount app",
                    "cannot create resource \"serviceaccounts/token\"");
            space.awaitNotReady(
                    "selected",
                    "cannot read the labels of namespace " + space.namespace(),
                    "cannot get resource \"namespaces\"");
        }
    }

    /** All that needs a right: logins, certificates, every kind of write, events, finalizers. */
    private void exercise(OpenBao bao) {
        bao.api().putKv2("secret", "value", Map.of("k", "v1"));
        bao.api().enableKubernetesAuth("kubernetes", SharedControlPlane.get());
        bao.api().policy("value", "path \"secret/data/value\" { capabilities = [\"read\"] }");
        bao.api().kubernetesRole("kubernetes", "app", space.namespace(), "app", List.of("value"));
        space.apply("kind: ServiceAccount\napiVersion: v1\nmetadata: {name: app}");
        space.apply("kind: ConfigMap\napiVersion: v1\nmetadata: {name: ca}\ndata: {ca.crt: none}");
        space.secret("token", Map.of("token", bao.rootToken()));
        String css = "selecting-" + space.namespace();
        space.apply(selectingStore(css, bao));
        space.apply(
                Manifests.vaultStore(
                        "account",
                        bao.address(),
                        "kubernetes: {mountPath: kubernetes, role: app, serviceAccountRef: {name: app}}"));
        space.apply(
                Manifests.vaultStore(
                        "SecretStore",
                        "certificate",
                        bao.address(),
                        Manifests.token("token"),
                        "caProvider: {type: ConfigMap, name: ca, key: ca.crt}"));
        space.apply(
                secret("kept")
                        .fromCluster(css)
                        .every("1s")
                        .target("deletionPolicy: Delete")
                        .yaml());
        space.apply(secret("by-account").from("account").yaml());
        space.apply(secret("by-certificate").from("certificate").yaml());
        space.awaitData("kept", Map.of("k", "v1"));
        space.awaitReady("by-account");
        space.awaitNotReady("by-certificate", "caProvider holds no certificate");

        bao.api().putKv2("secret", "value", Map.of("k", "v2"));
        space.awaitData("kept", Map.of("k", "v2"));
        bao.api().delete("secret/metadata/value");
        Space.await(() -> assertThat(space.find(Kind.SECRET, "kept")).isEmpty());
        bao.api().putKv2("secret", "value", Map.of("k", "v3"));
        space.awaitData("kept", Map.of("k", "v3"));
        // As External Secrets leaves it, for a takeover.
        String finalizer = "externalsecrets.external-secrets.io/externalsecret-cleanup";
        space.patch(
                Kind.EXTERNAL_SECRET,
                "kept",
                Map.of("metadata", Map.of("finalizers", List.of(finalizer))));
        space.delete(Kind.EXTERNAL_SECRET, "kept");
        Space.await(() -> {
            assertThat(space.find(Kind.EXTERNAL_SECRET, "kept")).isEmpty();
            assertThat(space.find(Kind.SECRET, "kept")).isEmpty();
        });
        unseal();
        Space.await(() ->
                assertThat(space.list(Kind.EVENT))
                        .extracting(event -> event.path("reason").asText())
                        .contains(
                                "Created",
                                "Updated",
                                "Deleted",
                                "UpdateFailed",
                                "Valid",
                                "Unsealed",
                                "ErrUnsealFailed"));
    }

    /** A Secret is made, a status is written that all is well, and one that it is not. */
    private void unseal() {
        space.apply(
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: empty}
                spec: {encryptedData: {}}
                ---
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: spoilt}
                spec: {encryptedData: {k: AgAB}}
                """);
        Space.await(() -> assertThat(space.find(Kind.SECRET, "empty")).isNotEmpty());
    }

    private String selectingStore(String name, OpenBao bao) {
        return Manifests.vaultStore(
                        "ClusterSecretStore",
                        name,
                        bao.address(),
                        "tokenSecretRef: {name: token, key: token, namespace: %s}"
                                .formatted(space.namespace()),
                        "")
                + "  conditions: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}]\n"
                        .formatted(space.namespace());
    }

    private static Manifests.EsBuilder secret(String name) {
        return Manifests.externalSecret(name).data("k", "value", "k");
    }

    /** A rule without one of its verbs. */
    private record Lack(RbacRule rule, String verb) {

        List<RbacRule> of(List<RbacRule> all) {
            return all.stream().map(each -> each.equals(rule) ? without() : each).toList();
        }

        private RbacRule without() {
            return new RbacRule(
                    rule.apiGroups(),
                    rule.resources(),
                    rule.verbs().stream().filter(each -> !each.equals(verb)).toList(),
                    rule.resourceNames());
        }

        /** As kubectl writes it: {@code patch externalsecrets.external-secrets.io/status}. */
        String shown() {
            String group = rule.apiGroups().getFirst();
            String[] resource = rule.resources().getFirst().split("/", 2);
            return "%s %s%s%s"
                    .formatted(
                            verb,
                            resource[0],
                            group.isEmpty() ? "" : "." + group,
                            resource.length == 1 ? "" : "/" + resource[1]);
        }
    }

    private ServiceAccountUser account(String name, List<RbacRule> rules) {
        // A rule without verbs is refused by the API server.
        return SharedControlPlane.get()
                .api()
                .serviceAccount(
                        space.namespace(),
                        name,
                        rules.stream().filter(rule -> !rule.verbs().isEmpty()).toList());
    }

    private void bindRole(ServiceAccountUser user, List<RbacRule> rules) {
        KubeApi api = SharedControlPlane.get().api();
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + space.namespace() + "/";
        Map<String, ?> meta = Map.of("name", "operator");
        api.create(rbac + "roles", Map.of("metadata", meta, "rules", rules));
        api.create(
                rbac + "rolebindings",
                Map.of(
                        "metadata",
                        meta,
                        "roleRef",
                        Map.of(
                                "apiGroup", "rbac.authorization.k8s.io",
                                "kind", "Role",
                                "name", "operator"),
                        "subjects",
                        List.of(
                                Map.of(
                                        "kind", "ServiceAccount",
                                        "namespace", user.namespace(),
                                        "name", user.name()))));
    }

    /** Waits until the API server goes by what was bound a moment ago. */
    private static void awaitRules(ServiceAccountUser user, OperatorConfig config) {
        Space.await(() -> assertThat(problem(user, config)).isEmpty());
    }

    /** Why an operator of this user does not start; empty when it does. */
    private static Optional<String> problem(ServiceAccountUser user, OperatorConfig config) {
        try (RunningOperator _ = RunningOperator.with(user.token(), config)) {
            return Optional.empty();
        } catch (StartupException e) {
            return Optional.of(e.text());
        }
    }

    /** How many requests the API server has refused so far, whoever sent them. */
    private static long refusals() {
        String metrics = SharedControlPlane.get().api().get("/metrics").asText();
        assertThat(metrics).contains("apiserver_request_total");
        return metrics.lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.contains("code=\"403\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static List<RbacRule> rules(String section) {
        try (InputStream in =
                Objects.requireNonNull(
                        RestrictedRbacE2E.class.getResourceAsStream("/rbac/rules.yaml"))) {
            List<RbacRule> rules = new ArrayList<>();
            for (JsonNode rule : Serialization.unmarshal(in, JsonNode.class).path(section)) {
                rules.add(
                        new RbacRule(
                                texts(rule.path("apiGroups")),
                                texts(rule.path("resources")),
                                texts(rule.path("verbs")),
                                List.of()));
            }
            assertThat(rules).isNotEmpty();
            return rules;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SafeVarargs
    private static List<RbacRule> join(List<RbacRule>... parts) {
        List<RbacRule> all = new ArrayList<>();
        for (List<RbacRule> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
