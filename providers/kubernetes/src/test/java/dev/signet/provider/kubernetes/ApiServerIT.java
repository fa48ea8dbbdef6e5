package dev.signet.provider.kubernetes;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.KubernetesProvider;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.Reference;
import dev.signet.provider.References;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.RbacRule;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the contract does not ask for, against a real API server. */
class ApiServerIT {

    private static final RemoteRef APP = RemoteRef.of("app", "user");

    private static ControlPlane plane;
    private static String namespace;
    private static ServiceAccountUser reader;

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        plane = SharedControlPlane.get();
        namespace = SharedControlPlane.freshNamespace();
        reader =
                plane.api()
                        .serviceAccount(
                                namespace,
                                "reader",
                                List.of(RbacRule.of("", "secrets", "get", "list")));
        put("app", Map.of("tier", "web"));
    }

    private static void put(String name, Map<String, String> labels) throws Exception {
        plane.api()
                .create(
                        "/api/v1/namespaces/%s/secrets".formatted(namespace),
                        Map.of(
                                "metadata",
                                Map.of("name", name, "labels", labels),
                                "data",
                                Seeds.data("{\"user\":\"alice\"}")));
    }

    private SecretClient open(KubernetesProvider spec, References references) {
        return new KubernetesSecretProvider()
                .open(
                        spec,
                        new StoreContext(
                                "SecretStore here/remote",
                                references,
                                RetrySettings.NONE,
                                (provider, call, success) ->
                                        calls.add(provider + " " + call + " " + success),
                                Clock.systemUTC(),
                                true));
    }

    private static ContractReferences token(String token) {
        return new ContractReferences(Map.of(Specs.TOKEN, SecretValue.ofUtf8(token)));
    }

    private SecretClient by(FaultProxy proxy) {
        return open(
                Specs.byToken(Specs.server(proxy.address().toString()), namespace),
                token(reader.token()));
    }

    @Test
    void readsOneSecretOnceForAllThatIsWantedOfIt() throws Exception {
        RemoteRef labels = new RemoteRef("app", "labels.tier", "", true);
        try (SecretClient client =
                open(Specs.byToken(Specs.server(plane), namespace), token(reader.token()))) {
            var answers = client.read(Set.of(APP, labels, RemoteRef.of("app")));

            assertThat(text(answers.get(APP))).isEqualTo("alice");
            assertThat(text(answers.get(labels))).isEqualTo("web");
            assertThat(calls).containsExactly("Kubernetes GetSecret true");
        }
    }

    @Test
    void logsInWithTokensOfAServiceAccount() throws Exception {
        List<Duration> lifetimes = new ArrayList<>();
        References accounts =
                new OnlyTokens() {
                    @Override
                    public SecretValue token(
                            Reference.ServiceAccount account,
                            List<String> audiences,
                            Duration lifetime) {
                        assertThat(account).isEqualTo(Specs.ACCOUNT);
                        lifetimes.add(lifetime);
                        return SecretValue.ofUtf8(
                                plane.api().token(namespace, account.name(), audiences));
                    }
                };
        try (SecretClient client =
                open(Specs.byAccount(Specs.server(plane), namespace), accounts)) {
            assertThat(text(read(client, APP))).isEqualTo("alice");
            assertThat(text(read(client, APP))).isEqualTo("alice");
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
        }
        assertThat(lifetimes).containsExactly(Duration.ofHours(1));
    }

    @Test
    void logsInByKubeconfig() throws Exception {
        ContractReferences references =
                new ContractReferences(
                        Map.of(
                                Specs.CONFIG,
                                SecretValue.ofUtf8(plane.kubeconfigFor(reader.token()))));
        try (SecretClient client = open(Specs.byKubeconfig(namespace), references)) {
            assertThat(text(read(client, APP))).isEqualTo("alice");
        }
        references.put(
                Specs.CONFIG,
                SecretValue.ofUtf8(
                        plane.kubeconfigFor("t")
                                .replace("token: t", "exec: {command: /bin/touch}")));
        try (SecretClient client = open(Specs.byKubeconfig(namespace), references)) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(client.validate().toString()).contains("asks for exec");
        }
    }

    @Test
    void trustsNoServerThatTheStoreDoesNot() throws Exception {
        try (SecretClient client =
                open(
                        Specs.byToken(Specs.server(plane.server().toString()), namespace),
                        token(reader.token()))) {
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(read(client, APP).toString()).contains("set caBundle or caProvider");
        }
    }

    @Test
    void tellsRefusedCredentialsFromMissingRights() throws Exception {
        KubernetesProvider spec = Specs.byToken(Specs.server(plane), namespace);
        try (SecretClient stranger = open(spec, token("c4n4ry"));
                SecretClient nobody =
                        open(
                                spec,
                                token(
                                        plane.api()
                                                .serviceAccount(namespace, "nobody", List.of())
                                                .token()))) {
            assertThat(read(stranger, APP)).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(read(stranger, APP).toString()).contains("(401)").doesNotContain("c4n4ry");
            assertThat(stranger.validate().toString()).contains("(401)");
            assertThat(read(nobody, APP).toString()).contains("(403)");
            assertThat(nobody.validate().toString()).contains("may not get Secrets in namespace");
        }
    }

    @Test
    void acceptsAnIdentityThatMayGetSomeSecretsOnly() throws Exception {
        var rule = new RbacRule(List.of(""), List.of("secrets"), List.of("get"), List.of("app"));
        String token = plane.api().serviceAccount(namespace, "some", List.of(rule)).token();
        try (SecretClient client =
                open(Specs.byToken(Specs.server(plane), namespace), token(token))) {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
            assertThat(text(read(client, APP))).isEqualTo("alice");
            assertThat(read(client, RemoteRef.of("other"))).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(client.find(new FindQuery("", "", Map.of())))
                    .isInstanceOf(ReadOutcome.Denied.class);
        }
    }

    @Test
    void findsByLabelsAndNamePageByPage() throws Exception {
        for (int i = 0; i < 205; i++) {
            put("many-" + i, Map.of("many", "yes"));
        }
        try (SecretClient client =
                open(Specs.byToken(Specs.server(plane), namespace), token(reader.token()))) {
            assertThat(texts(client.find(new FindQuery("", "", Map.of("many", "yes")))))
                    .hasSize(205)
                    .containsEntry("many-204", "{\"user\":\"alice\"}");
            assertThat(calls)
                    .containsExactly("Kubernetes ListSecrets true", "Kubernetes ListSecrets true");
            assertThat(texts(client.find(new FindQuery("", "^many-1.$", Map.of("many", "yes")))))
                    .hasSize(10);
            assertThat(texts(client.find(new FindQuery("", "^app$", Map.of("tier", "web")))))
                    .hasSize(1);
            assertThat(texts(client.find(new FindQuery("", "^app$", Map.of("many", "yes")))))
                    .isEmpty();
            assertThat(client.find(new FindQuery("", "", Map.of("many", "yes,tier!=web"))))
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void callsOnlyTheServersOwnWordMissing() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(plane);
                SecretClient client = by(proxy)) {
            proxy.add(request -> true, Fault.html(404));
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            proxy.mend();
            proxy.add(request -> true, Fault.kubernetes(404, "NotFound"));
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            proxy.mend();
            proxy.add(request -> true, Fault.json(200, "[]"));
            assertThat(read(client, APP)).isInstanceOf(ReadOutcome.Unavailable.class);
            proxy.mend();
            proxy.add(
                    request -> true,
                    new Fault.Answer(302, Map.of("Location", "https://elsewhere/"), ""));
            assertThat(read(client, APP).toString()).contains("redirects elsewhere");
            proxy.mend();
            assertThat(read(client, RemoteRef.of("none"))).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(text(read(client, APP))).isEqualTo("alice");
        }
    }

    @Test
    void passesOnForHowLongTheServerAsksToBeLeftAlone() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(plane);
                SecretClient client = by(proxy)) {
            proxy.add(request -> true, new Fault.Answer(429, Map.of("Retry-After", "7"), "{}"));
            assertThat(read(client, APP))
                    .isInstanceOf(ReadOutcome.Unavailable.class)
                    .extracting("retryAfter")
                    .isEqualTo(Optional.of(Duration.ofSeconds(7)));
            proxy.mend();
            proxy.add(request -> true, Fault.kubernetes(503, "ServiceUnavailable"));
            assertThat(read(client, APP).toString()).contains("(503)");
        }
    }

    /** Has nothing but what a test adds. */
    private abstract static class OnlyTokens implements References {

        @Override
        public SecretValue read(Reference.SecretKey reference) {
            throw new AssertionError(reference);
        }

        @Override
        public SecretValue read(Reference.ConfigMapKey reference) {
            throw new AssertionError(reference);
        }

        @Override
        public Map<String, String> annotations(Reference.ServiceAccount reference) {
            throw new AssertionError(reference);
        }

        @Override
        public SecretValue ownToken() {
            throw new AssertionError("the operator's own token");
        }
    }
}
