package dev.signet.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are those of Go's text/template and Sprig, where both have any. */
class TemplateTest {

    private static final Map<String, String> FIELDS =
            Map.of(
                    "remoteRef.key", "team/app",
                    "remoteRef.property", "",
                    "auth.user", "me",
                    "auth.password", "a\"b\\c d&é",
                    "auth.tls.crt", "PEM");

    private static String rendered(String template) throws TemplateException {
        return Template.parse(template)
                .render(field -> FIELDS.get(field.object() + "." + field.key()), text -> {});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "plain ~ plain",
                "{{ .remoteRef.key }} ~ team/app",
                "a{{.auth.user}}b{{ .auth.user }}c ~ amebmec",
                "{{ index .auth \"tls.crt\" }} ~ PEM",
                "{{ print .auth.user \":\" .auth.user | b64enc }} ~ bWU6bWU=",
                "{{ printf \"%s:%s\" .auth.user .auth.user | b64enc | quote }} ~ \"bWU6bWU=\"",
                "{{ printf \"100%%%q\" .auth.user }} ~ 100%\"me\"",
                "{{ (print .auth.user `:`) | upper | lower }} ~ me:",
                "{{ .remoteRef.property | default \"latest\" }} ~ latest",
                "{{ .remoteRef.key | default \"latest\" }} ~ team/app",
                "{{ .remoteRef.key | replace \"/\" \"--\" }} ~ team--app",
                "{{ .remoteRef.key | trimPrefix \"team/\" | trimSuffix \"p\" }} ~ ap",
                "{{ .auth.password | toJson }} ~ \"a\\\"b\\\\c d\\u0026é\"",
                "{{ .auth.password | quote }} ~ \"a\\\"b\\\\c d&é\"",
                "{{ .auth.password | urlquery }} ~ a%22b%5Cc+d%26%C3%A9",
                "{{ \"bWU=\" | b64dec | squote }} ~ 'me'",
                "{{ .auth.user | sha256sum }} ~ 2744ccd10c7533bd736ad890f9dd5cab2adb27b07d500b9493f29cdc420cb2e0",
                "{{/* a comment */}}x ~ x",
                "a {{- .auth.user -}} b ~ ameb",
                "{{ \"}}\" }}{{ ` \"` | trim }} ~ }}\"",
                "{{ \" a b \" | nospace | toString }} ~ ab",
            })
    void fillsIn(String template, String expected) throws TemplateException {
        assertThat(rendered(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '^',
            value = {
                "{{ if .remoteRef.key }}x{{ end }} ~ the statement 'if'",
                "{{ range .auth }}{{ end }} ~ the statement 'range'",
                "{{ $x := .remoteRef.key }} ~ '$x",
                "{{ env `HOME` }} ~ the function 'env'",
                "{{ getHostByName `x` }} ~ the function 'getHostByName'",
                "{{ . }} ~ '.'",
                "{{ .remoteRef }} ~ '.remoteRef' is no value",
                "{{ .auth.tls.crt }} ~ '.auth.tls.crt' is no value",
                "{{ .auth.user .auth.user }} ~ at this place",
                "{{ .auth.user | .auth.user }} ~ a pipe to something",
                "{{ b64enc }} ~ too few or too many",
                "{{ replace `a` .auth.user }} ~ too few or too many",
                "{{ index .auth .auth.user }} ~ 'index' other than",
                "{{ 1 }} ~ '1'",
                "{{ (.auth.user }} ~ not closed",
                "{{ .auth.user ) }} ~ at this place",
                "{{ .auth.user ~ is not closed",
                "{{ }} ~ is empty",
                "{{ .auth.user | }} ~ ends too early",
                "{{ \"\\x41\" }} ~ the escape",
                "{{ printf `%d` .auth.user }} ~ printf knows",
                "{{ printf `%s` }} ~ printf knows",
                "{{ `!` | b64dec }} ~ not base64",
            })
    void refusesTheRestOfTheLanguageByName(String template, String text) {
        assertThatThrownBy(() -> rendered(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 5000})
    void boundsTheDepthOfParentheses(int depth) {
        String template = "{{ " + "(".repeat(depth) + ".auth.user" + ")".repeat(depth) + " }}";

        assertThatThrownBy(() -> rendered(template)).isInstanceOf(TemplateException.class);
    }

    @Test
    void boundsWhatATemplateGrowsTo() {
        String many =
                "{{ `%s` | replace `a` `%s` | replace `b` `%s` }}"
                        .formatted("a".repeat(100), "b".repeat(100), "c".repeat(200));

        assertThatThrownBy(() -> rendered(many)).hasMessageContaining("longer than");
        for (String part : new String[] {"\\\\", ".a", "a", "(", "`` "}) {
            assertThatThrownBy(() -> rendered("{{ \"" + part.repeat(100_000) + "\" }}"))
                    .isInstanceOf(TemplateException.class);
            assertThatThrownBy(() -> rendered("{{ " + part.repeat(100_000) + " }}"))
                    .isInstanceOf(TemplateException.class);
        }
        assertThatThrownBy(() -> rendered("x".repeat(2 << 20)))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void boundsTheWorkThatATemplateMakes() throws TemplateException {
        Template hashes = Template.parse("{{ sha256sum .big.value }}".repeat(100));
        Template trims = Template.parse("{{ trimPrefix .big.value .big.value }}".repeat(100));

        for (Template template : List.of(hashes, trims)) {
            assertThatThrownBy(() -> template.render(field -> "x".repeat(500_000), text -> {}))
                    .isInstanceOf(TemplateException.class);
        }
        assertThatThrownBy(() -> Template.parse("{{ .auth.user }}".repeat(1_001)))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("more than 1000 placeholders");
    }
}
