package dev.signet.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFinderTest {

    @Test
    void findsNameKeysAndLineOfEachSecretOfAStream() {
        var found =
                SecretFinder.find(
                        """
                        # two of them
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: plain}
                        data: {a: b}
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: one
                        data:
                          empty: ""
                          password: aHVudGVyMg==
                        stringData:
                          user: admin
                        ---
                        kind: Secret
                        metadata: {name: two}
                        stringData: {token: abc}
                        """,
                        false);

        assertThat(found)
                .containsExactly(
                        new SecretAt(13, "one", java.util.List.of("password", "user")),
                        new SecretAt(19, "two", java.util.List.of("token")));
    }

    @Test
    void findsEachOfSeveralObjectsInJson() {
        String one =
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"%s\"},\"stringData\":{\"p\":\"x1\"}}\n";

        assertThat(SecretFinder.find(one.formatted("a") + one.formatted("b"), false))
                .containsExactly(
                        new SecretAt(1, "a", java.util.List.of("p")),
                        new SecretAt(2, "b", java.util.List.of("p")));
        assertThat(
                        SecretFinder.find(
                                "{\n\"kind\": \"ConfigMap\"\n}\n{\n\"kind\": \"Secret\",\n\"data\": {\"k\": \"dg==\"}\n}\n",
                                false))
                .containsExactly(new SecretAt(6, "", java.util.List.of("k")));
    }

    @Test
    void findsBracesInWhatDoesNotParse() {
        assertThat(
                        SecretFinder.find(
                                "kind: Secret\nstringData: {p: hunter2secret, q: \"{{ .Values.q }}\", r: ''}\nx: [\n",
                                false))
                .containsExactly(new SecretAt(2, "", java.util.List.of("p")));
    }

    @Test
    void findsManifestsThatAreTexts() {
        String values =
                """
                extraObjects:
                  - |
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: inside
                    stringData:
                      p: %s
                """;

        assertThat(SecretFinder.find(values.formatted("hunter2"), false))
                .containsExactly(new SecretAt(8, "inside", java.util.List.of("p")));
        assertThat(SecretFinder.find(values.formatted("\"{{ .Values.p }}\""), false)).isEmpty();
    }

    @Test
    void findsSecretsInListsAndInValuesOfCharts() {
        var found =
                SecretFinder.find(
                        """
                        extraDeploy:
                          - apiVersion: v1
                            kind: Secret
                            metadata: {name: inside}
                            stringData: {a: b}
                        """,
                        false);

        assertThat(found).extracting(SecretAt::name).containsExactly("inside");
        assertThat(
                        SecretFinder.find(
                                "{\n\t\"kind\": \"SecretList\",\n\t\"items\": [{\"metadata\": {\"name\": \"x\"}, \"data\": {\"k\": \"dg==\"}}]\n}",
                                false))
                .extracting(SecretAt::name)
                .containsExactly("x");
    }

    @Test
    void findsWhatKustomizeMakesASecretOf() {
        var found =
                SecretFinder.find(
                        """
                        resources: [app.yaml]
                        secretGenerator:
                          - name: db
                            envs: [local.env]
                            literals:
                              - user=
                              - password=hunter2
                              - token=${TOKEN}
                        """,
                        false);

        assertThat(found).containsExactly(new SecretAt(7, "db", java.util.List.of("password")));
    }

    @Test
    void endsOnALongLiteralInAnExpression() {
        String literal = "x\\\\y".repeat(50_000);
        String secret = "kind: Secret\nstringData:\n  k: {{ \"" + literal + "\" | quote }}\n";

        assertThat(SecretFinder.find(secret, true)).hasSize(1);
    }

    @Test
    void findsASecretThroughAnAliasOnceAndEndsOnAliasesOfAliases() {
        StringBuilder bomb = new StringBuilder("kind: Secret\na0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        bomb.append("data: {k: dg==}\n");

        assertThat(SecretFinder.find(bomb.toString(), false)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: Secret\ndata:\n",
                "kind: Secret\ndata: {a: '', b: null}\n",
                "kind: Secret\nstringData: {a: <password>, b: '${PW}', c: changeme, d: xxx, e: REPLACE_ME}\n",
                "kind: Secret\ndata: {a: Y2hhbmdlbWU=}\n",
                "kind: Secret\nstringData: {a: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]'}\n",
                "kind: Secret\nstringData: {a: 'ref+vault://secret/a#/b'}\n",
                "kind: Secret\nstringData: {a: !vault 'x'}\n",
                "kind: Secret # signet:allow\nstringData: {a: b}\n",
                "# signet:allow\n---\nkind: Secret\nstringData: {a: b}\n",
                "apiVersion: example.org/v1\nkind: Secret\ndata: {a: b}\n",
                "kind: SealedSecret\nspec: {encryptedData: {a: AgB}, template: {data: {a: b}}}\n",
                "kind: ExternalSecret\nspec: {target: {template: {data: {a: b}}}}\n",
            })
    void passesOverWhatGivesNothingAway(String text) {
        assertThat(SecretFinder.find(text, false)).isEmpty();
    }

    @Test
    void allowsOnlyTheDocumentWithTheComment() {
        String secret = "kind: Secret\nstringData: {a: b}\n";

        assertThat(SecretFinder.find("# signet:allow\n" + secret + "---\n" + secret, false))
                .extracting(SecretAt::line)
                .containsExactly(6);
    }

    @Test
    void takesExpressionsOfTemplatesForNoValues() {
        String template =
                """
                {{- if .Values.enabled }}
                apiVersion: v1
                kind: Secret
                metadata:
                  name: {{ include "app.name" . }}-db
                  labels:
                    {{- include "app.labels" . | nindent 4 }}
                data:
                  a: {{ .Values.password | b64enc | quote }}
                  b: "{{ .Values.user }}"
                  {{- range $k, $v := .Values.more }}
                  {{ $k }}: {{ $v | b64enc }}
                  {{- end }}
                stringData:
                  url: postgres://{{ .Values.user }}:{{ .Values.password }}@db
                  config: |
                    password = {{ .Values.password }}
                {{- end }}
                """;

        assertThat(SecretFinder.find(template, true)).isEmpty();
        assertThat(
                        SecretFinder.find(
                                template.replace("b: \"{{ .Values.user }}\"", "b: aHVudGVy"), true))
                .containsExactly(new SecretAt(10, "{{…}}-db", java.util.List.of("b")));
        assertThat(
                        SecretFinder.find(
                                template.replace(
                                        "{{ .Values.password | b64enc", "{{ \"hunter2\" | b64enc"),
                                true))
                .extracting(SecretAt::keys)
                .containsExactly(java.util.List.of("a"));
    }

    @Test
    void configurationWithExpressionsOfItsOwnIsAValueOutsideOfTemplates() {
        String text = "kind: Secret\nstringData:\n  c: |\n    {{ .Title }}\n    password: x\n";

        assertThat(SecretFinder.find(text, false)).hasSize(1);
        assertThat(SecretFinder.find(text, true)).isEmpty();
    }

    @Test
    void readsByLinesWhatDoesNotParse() {
        var found =
                SecretFinder.find(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: "broken"
                          labels: {{{ nonsense
                        data:
                          password: aHVudGVyMg==
                          empty: ""
                          later: {{ .x }}
                        stringData:
                          conf: |
                            a = b
                        : : :
                        """,
                        true);

        assertThat(found)
                .containsExactly(new SecretAt(7, "broken", java.util.List.of("password", "conf")));
    }

    @Test
    void readsObjectsOfJsonOneBehindTheOther() {
        String one =
                """
                {
                  "apiVersion": "v1",
                  "kind": "Secret",
                  "metadata": {
                    "name": "j"
                  },
                  "data": {
                    "k": "dg=="
                  }
                }
                """;

        assertThat(SecretFinder.find(one + one, false))
                .containsExactly(
                        new SecretAt(8, "j", java.util.List.of("k")),
                        new SecretAt(18, "j", java.util.List.of("k")));
    }
}
