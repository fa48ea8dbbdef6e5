package dev.signet.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.api.store.CaProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WebhookSecretProviderTest {

    private static final String URL = "https://h.example/{{ .remoteRef.key }}";

    private final WebhookSecretProvider provider = new WebhookSecretProvider();

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("webhook"));
    }

    @Test
    void hasNothingToSayOfAGoodStore() {
        var spec =
                Specs.at(URL)
                        .method("POST")
                        .header("Authorization", "Bearer {{ .auth.token }}")
                        .header("Host", "h.example")
                        .body("{{ .remoteRef.property }}")
                        .jsonPath("$.data[?(@.name=='x')].value")
                        .timeout("1.5s")
                        .secrets("auth")
                        .caProvider(new CaProvider("ConfigMap", "ca", "ca.crt", ""))
                        .build();

        assertThat(provider.problems(spec)).isEmpty();
        assertThat(provider.references(spec))
                .containsExactly(
                        new Reference.ConfigMapKey("", "ca", "ca.crt"),
                        new Reference.SecretKey("", "auth", ""));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertProblem(Specs.at("h.example"), "url:");
        assertProblem(Specs.at(URL + "{{ if .remoteRef.key }}"), "url: the statement 'if'");
        assertProblem(Specs.at(URL).method("CONNECT"), "method");
        assertProblem(Specs.at(URL).header("Connection", "x"), "headers must not set Connection");
        assertProblem(Specs.at(URL).header("X", "{{ env `HOME` }}"), "headers.X: the function");
        assertProblem(
                Specs.at(URL).body("{{ .auth.token }}"), "secrets has none with the name 'auth'");
        assertProblem(Specs.at(URL + "{{ .remoteRef.namespace }}"), ".remoteRef.namespace");
        assertProblem(Specs.at(URL).jsonPath("$["), "result.jsonPath");
        assertProblem(
                Specs.at(URL).secrets("auth").jsonPath("$.{{ .auth.token }}"),
                "result.jsonPath may use .remoteRef alone");
        assertProblem(Specs.at(URL).timeout("soon"), "timeout");
        assertProblem(Specs.at(URL).timeout("-1s"), "timeout");
        assertProblem(Specs.at(URL).ntlm(), "auth.ntlm is not supported");
        assertProblem(Specs.at(URL).secrets("remoteRef"), "remoteRef");
        assertProblem(Specs.at(URL).caProvider(new CaProvider("File", "a", "b", "")), "caProvider");
    }

    @Test
    void opensNothingForATemplateThatCannotBeRead() {
        assertThatThrownBy(
                        () -> provider.open(Specs.at("x").build(), new FakeReferences().context()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertProblem(Specs spec, String text) {
        List<String> problems = provider.problems(spec.build());
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst()).contains(text);
    }
}
