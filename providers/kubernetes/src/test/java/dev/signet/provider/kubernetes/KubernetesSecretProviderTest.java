package dev.signet.provider.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.KubernetesAuth;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KubernetesSecretProviderTest {

    private final KubernetesSecretProvider provider = new KubernetesSecretProvider();

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("kubernetes"));
    }

    @Test
    void hasNothingToSayOfGoodStores() {
        var server = Specs.server("kubernetes.default");

        assertThat(provider.problems(Specs.byToken(server, "a"))).isEmpty();
        assertThat(provider.problems(Specs.byCertificate(server, "a"))).isEmpty();
        assertThat(provider.problems(Specs.byAccount(server, "a"))).isEmpty();
        assertThat(provider.problems(Specs.byKubeconfig("a"))).isEmpty();
    }

    @Test
    void tellsAllThatItRefersTo() {
        var ca = new CaProvider("ConfigMap", "kube-root-ca.crt", "ca.crt", "");
        var server = Specs.server("https://other:6443", ca);
        var map = new Reference.ConfigMapKey("", "kube-root-ca.crt", "ca.crt");

        assertThat(provider.references(Specs.byToken(server, "a")))
                .containsExactly(map, Specs.TOKEN);
        assertThat(provider.references(Specs.byCertificate(server, "a")))
                .containsExactly(map, Specs.CERT, Specs.KEY);
        assertThat(provider.references(Specs.byAccount(server, "a")))
                .containsExactly(map, Specs.ACCOUNT);
        assertThat(provider.references(Specs.byKubeconfig("a"))).containsExactly(Specs.CONFIG);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        var server = Specs.server("kubernetes.default");
        assertProblem(new KubernetesProvider(server, null, null, "a"), "auth must have one of");
        assertProblem(
                new KubernetesProvider(server, new KubernetesAuth(null, null, null), null, "a"),
                "auth must have one of");
        assertProblem(Specs.byToken(Specs.server("ftp://x"), "a"), "server.url");
        assertProblem(Specs.byToken(Specs.server("https://u:p@x"), "a"), "server.url");
        assertProblem(Specs.byToken(server, "../kube-system"), "remoteNamespace");
        assertProblem(Specs.byToken(server, "*"), "remoteNamespace");
        assertProblem(
                Specs.byToken(Specs.server("x", new CaProvider("File", "a", "b", "")), "a"),
                "server.caProvider.type");
        assertProblem(
                new KubernetesProvider(null, null, new SecretKeySelector("x", "", ""), "a"),
                "authRef.key");
    }

    private void assertProblem(KubernetesProvider spec, String text) {
        List<String> problems = provider.problems(spec);
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).contains("spec.provider.kubernetes.").contains(text);
    }
}
