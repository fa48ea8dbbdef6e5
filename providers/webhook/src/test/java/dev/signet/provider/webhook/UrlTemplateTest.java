package dev.signet.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reference stays in the place that the store's author gave it. */
class UrlTemplateTest {

    private static String target(String url, String key) throws TemplateException {
        Templates templates = Templates.of(Specs.at(url).secrets("auth").build());
        return new RequestMaker(
                        templates,
                        Map.of("auth", Map.of("token", SecretValue.ofUtf8("s e#c/r?e=t%zz%41"))))
                .request(RemoteRef.of(key))
                .target();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "app ~ /v1/app?k=app",
                "team/app ~ /v1/team%2Fapp?k=team%2Fapp",
                "a b+c ~ /v1/a%20b%2Bc?k=a%20b%2Bc",
                "x?admin=1#y&z ~ /v1/x%3Fadmin%3D1%23y%26z?k=x%3Fadmin%3D1%23y%26z",
                "%2e%2f ~ refused",
                "é@: ~ /v1/%C3%A9%40%3A?k=%C3%A9%40%3A",
                ".. ~ refused",
                "../admin ~ refused",
                "a/../../admin ~ refused",
                "a\\..\\admin ~ refused",
                "%2e%2e%2fadmin ~ refused",
                "%252e%252e%252fadmin ~ refused",
                "a..b/...c ~ /v1/a..b%2F...c?k=a..b%2F...c",
            })
    void keepsAReferenceWhereItBelongs(String key, String expected) throws TemplateException {
        String url = "https://h.example/v1/{{ .remoteRef.key }}?k={{ .remoteRef.key }}";
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> target(url, key)).isInstanceOf(TemplateException.class);
        } else {
            assertThat(target(url, key)).isEqualTo(expected);
        }
    }

    @Test
    void letsFunctionsOfTheStoreBringInNothingNew() throws TemplateException {
        assertThat(target("https://h/{{ .remoteRef.key | replace \"%2F\" \"/\" }}", "a/b"))
                .isEqualTo("/a/b");
        assertThatThrownBy(() ->
                        target("https://h/{{ .remoteRef.key | replace \"%2F\" \"/\" }}", "a/../b"))
                .hasMessageContaining("a step '..'");
        assertThatThrownBy(() -> target("https://h/{{ .remoteRef.key | b64dec }}", "Lg=="))
                .hasMessageContaining("b64dec");
        assertThatThrownBy(() -> target("https://h/{{ replace \"x\" \"?\" .remoteRef.key }}", "x"))
                .hasMessageContaining("'?'");
    }

    @Test
    void keepsValuesOfSecretsAsTheyAreAsFarAsAUrlCan() throws TemplateException {
        assertThat(target("https://h?t={{ .auth.token }}", "x"))
                .isEqualTo("/?t=s%20e%23c/r?e=t%25zz%41");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h.example/x",
                "ftp://h.example/x",
                "file:///etc/passwd",
                "https://{{ .remoteRef.key }}/x",
                "https://h.{{ .remoteRef.key }}.example/x",
                "https://h.example:{{ .remoteRef.key }}/x",
                "{{ .auth.token }}/x",
                "https://u:p@h.example/x",
                "https://h.example\\@other/x",
                "https:///x",
                "https://h example/x",
            })
    void refusesAServerThatIsNotWrittenOut(String url) {
        assertThatThrownBy(() -> target(url, "x"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("spec.provider.webhook.url");
    }

    @Test
    void refusesAddressesOfNoReasonableLength() {
        assertThatThrownBy(() -> target("https://h/{{ .remoteRef.key }}", "é".repeat(3000)))
                .hasMessageContaining("longer than");
        assertThatThrownBy(() -> target("https://h/{{ .remoteRef.key }}", ""))
                .hasMessageContaining("the key is empty");
    }
}
