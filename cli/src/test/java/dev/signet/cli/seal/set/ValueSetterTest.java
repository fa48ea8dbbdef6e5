package dev.signet.cli.seal.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.cli.seal.SecretSealer;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.UnsealingKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSetterTest {

    private static final String YAML =
            """
            # kept
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata:
              name: db   # kept too
              namespace: shop
            spec:
              encryptedData:
                user: AgOld    # old one
                "pass": 'AgOld2'
              template:
                metadata: {labels: {a: "😀"}}
            """;

    private static UnsealingKey key;

    @BeforeAll
    static void makeKey() {
        key =
                new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                        .generate("k", 2048, Duration.ofDays(1), "");
    }

    private static ValueSetter.Changed set(String text, String name, String... words)
            throws SetException {
        return set(text, name, InputStream.nullInputStream(), words);
    }

    private static ValueSetter.Changed set(
            String text, String name, InputStream input, String... words) throws SetException {
        return set(text, name, new Expected(Set.of(Scope.values()), ""), input, words);
    }

    private static ValueSetter.Changed set(
            String text, String name, Expected expected, InputStream input, String... words)
            throws SetException {
        List<Setting> settings = new ArrayList<>();
        for (String word : words) {
            settings.add(Setting.parse(word));
        }
        return new ValueSetter(new SecretSealer(key.certificate(), new SecureRandom()))
                .<SetException>set(text, name, settings, input, expected, () -> "fallback");
    }

    private static String opened(String text, String name, String item, Scope scope, String in)
            throws SetException {
        String sealed = ItemEdit.item(SealedText.find(text, name), item);
        try {
            SealedItems items = new SealedItems(in, name, scope, Map.of("x", sealed));
            Opened opened = new Opener().open(items, new KeyRing(List.of(key)));
            return opened instanceof Opened.Values values
                    ? values.values().getOrDefault("x", SecretValue.ofUtf8("?")).utf8()
                    : "not opened";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The text with every sealed value of ours cut short. */
    private static String shape(String text) {
        return text.replaceAll("AQ[A-Za-z0-9+/=]{100,}", "NEW");
    }

    @Test
    void replacesOneValueAndKeepsEveryOtherCharacter() throws SetException {
        var changed = set(YAML, "", "user=alice");

        assertThat(shape(changed.text())).isEqualTo(YAML.replace("AgOld ", "NEW "));
        assertThat(changed.replaced()).containsExactly("user");
        assertThat(changed.isNamespaceAssumed()).isFalse();
        assertThat(opened(changed.text(), "db", "user", Scope.STRICT, "shop")).isEqualTo("alice");
    }

    @Test
    void keepsQuotesAndAddsNewKeysAtTheEnd() throws SetException {
        var changed = set(YAML, "", "pass=x", "new.key=y", "1=z");

        assertThat(shape(changed.text()))
                .isEqualTo(YAML.replace("'AgOld2'\n", "'NEW'\n    new.key: NEW\n    \"1\": NEW\n"));
        assertThat(changed.added()).containsExactly("new.key", "1");
    }

    @Test
    void worksInIndentedAndInCompactJson() throws SetException {
        String json =
                """
                {
                  "kind": "SealedSecret",
                  "apiVersion": "bitnami.com/v1alpha1",
                  "metadata": { "name": "db", "namespace": "shop" },
                  "spec": {
                    "encryptedData": {
                      "user": "AgOld"
                    },
                    "template": {}
                  }
                }
                """;

        assertThat(shape(set(json, "", "user=x", "more=y").text()))
                .isEqualTo(json.replace("\"AgOld\"", "\"NEW\",\n      \"more\": \"NEW\""));
        assertThat(shape(set(json.replaceAll("\\s+", ""), "", "more=y").text()))
                .isEqualTo(
                        json.replaceAll("\\s+", "")
                                .replace("\"AgOld\"", "\"AgOld\", \"more\": \"NEW\""));
        assertThat(shape(set(json.replaceAll("\\{\\s*\"user\"[^}]*\\}", "{}"), "", "a=y").text()))
                .isEqualTo(json.replace("\"user\": \"AgOld\"", "\"a\": \"NEW\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec:\n  encryptedData: {}\n  template: {}\n",
                "spec:\n  encryptedData:\n  template: {}\n",
                "spec:\n  encryptedData: null # none\n",
                "spec:\n  encryptedData:\n    a: Ag\n",
                "spec:\n  encryptedData:\n    a: |\n      Ag\n  template: {}\n",
                "spec:\n  encryptedData:\n    k: |\n      Ag\n  template: {}\n",
                "spec:\n  encryptedData:\n    k: >-\n      Ag",
                "spec:\n  encryptedData:\n    k:\n    z: Ag",
                "spec:\n  encryptedData: {a: Ag, k: Ag}",
                "spec:\n  template:\n    metadata:\n      labels: {a: b}\n",
                "spec: {encryptedData: {}}",
                "spec: {template: {}}",
                "spec: {}",
                "spec: {\n  template: {}, encryptedData: {}\n}",
                "spec: {encryptedData: {\n  a: AgA, b: AgB\n}}",
                "spec: {\n  template: {},\n  encryptedData: {}\n}",
                "spec: {\n  encryptedData: {\n    a: Ag\n  }\n}",
            })
    void findsThePlaceInEveryLayout(String spec) throws SetException {
        for (String lineEnd : List.of("\n", "\r\n")) {
            String text =
                    ("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: n, namespace: s}\n"
                                    + spec)
                            .replace("\n", lineEnd);

            var changed = set(text, "", "k=v");

            assertThat(opened(changed.text(), "n", "k", Scope.STRICT, "s"))
                    .as(shape(changed.text()))
                    .isEqualTo("v");
            String kept = shape(changed.text());
            assertThat(kept.split("template", -1)).hasSameSizeAs(text.split("template", -1));
            assertThat(kept.split("AgA", -1)).hasSameSizeAs(text.split("AgA", -1));
            if (lineEnd.equals("\r\n")) {
                assertThat(changed.text().replace("\r\n", "")).doesNotContain("\n");
            }
        }
    }

    @Test
    void choosesAmongSeveralByName() throws SetException {
        String two = YAML + "---\n" + YAML.replace("name: db", "name: other");

        var changed = set(two, "other", "user=x");

        assertThat(shape(changed.text()))
                .isEqualTo(
                        YAML
                                + "---\n"
                                + YAML.replace("name: db", "name: other")
                                        .replace("AgOld ", "NEW "));
        assertThatThrownBy(() -> set(two, "", "user=x"))
                .hasMessage("holds several SealedSecrets: choose one of db, other with --name");
        assertThatThrownBy(() -> set(two, "third", "user=x"))
                .hasMessage("holds no SealedSecret third, but db, other");
    }

    @Test
    void takesScopeAndNamespaceFromTheFileAndSaysWhatItAssumed() throws SetException {
        String bare = YAML.replace("  namespace: shop\n", "");
        String wide =
                bare.replace(
                        "  name: db",
                        "  annotations: {sealedsecrets.bitnami.com/cluster-wide: \"true\"}\n  name: db");

        var strict = set(bare, "", "user=x");
        assertThat(strict.isNamespaceAssumed()).isTrue();
        assertThat(opened(strict.text(), "db", "user", Scope.STRICT, "fallback")).isEqualTo("x");

        var everywhere = set(wide, "", "user=x");
        assertThat(everywhere.isNamespaceAssumed()).isFalse();
        assertThat(opened(everywhere.text(), "db", "user", Scope.CLUSTER_WIDE, "any"))
                .isEqualTo("x");
    }

    @Test
    void doesNotRepeatAValueThatLooksLikeAFile() {
        assertThatThrownBy(() -> set(YAML, "", InputStream.nullInputStream(), "a=@dmin123"))
                .isInstanceOf(SetException.class)
                .hasMessageContaining("standard input")
                .hasMessageNotContaining("dmin123");
    }

    @Test
    void readsFilesAndInputByteByByte(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("v"), " from file\n");
        InputStream input = new ByteArrayInputStream("in\n".getBytes(StandardCharsets.UTF_8));

        var changed = set(YAML, "", input, "a=@" + file, "b", "c=x=y", "d=");

        assertThat(opened(changed.text(), "db", "a", Scope.STRICT, "shop"))
                .isEqualTo(" from file\n");
        assertThat(opened(changed.text(), "db", "b", Scope.STRICT, "shop")).isEqualTo("in\n");
        assertThat(opened(changed.text(), "db", "c", Scope.STRICT, "shop")).isEqualTo("x=y");
        assertThat(opened(changed.text(), "db", "d", Scope.STRICT, "shop")).isEmpty();
        assertThat(changed.withLineEnd()).containsExactly("b");
        assertThat(changed.empty()).containsExactly("d");
    }

    @Test
    void saysWhereTheValueCanBeOpened() throws SetException {
        String wide =
                YAML.replace(
                        "  name: db",
                        "  annotations: {sealedsecrets.bitnami.com/namespace-wide: \"true\"}\n  name: db");

        assertThat(set(YAML, "", "user=x").place()).isEqualTo("shop/db (strict)");
        assertThat(set(wide, "", "user=x").place())
                .isEqualTo("every name in namespace shop (namespace-wide)");
    }

    @Test
    void refusesAFileInAnotherScopeOrNamespaceThanWasMeant() {
        String wide =
                YAML.replace(
                        "  name: db",
                        "  annotations: {sealedsecrets.bitnami.com/cluster-wide: \"true\"}\n  name: db");

        assertThatThrownBy(() -> set(wide, new Expected(Set.of(Scope.STRICT), "")))
                .hasMessageContaining("say --scope cluster-wide");
        assertThatThrownBy(() -> set(YAML, new Expected(Set.of(Scope.CLUSTER_WIDE), "")))
                .hasMessageContaining("in scope strict");
        assertThatThrownBy(() -> set(YAML, new Expected(Set.of(Scope.STRICT), "prod")))
                .hasMessage(
                        "holds a SealedSecret of namespace shop, not of prod as --namespace says");
    }

    private static ValueSetter.Changed set(String text, Expected expected) throws SetException {
        return set(text, "", expected, InputStream.nullInputStream(), "user=x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace: '{{ .Release.Namespace }}'",
                "namespace: [shop]",
                "namespace: Shop",
            })
    void refusesAPlaceThatIsNoName(String namespace) {
        assertThatThrownBy(() -> set(YAML.replace("namespace: shop", namespace), "", "user=x"))
                .isInstanceOf(SetException.class)
                .hasMessageContaining("write the namespace out");
    }

    @Test
    void refusesAnExpressionWithoutQuotes() {
        String text = YAML.replace("namespace: shop", "namespace: {{ .Release.Namespace }}");

        assertThatThrownBy(() -> set(text, "", "user=x"))
                .hasMessageStartingWith("cannot be read as YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x: &shared {encryptedData: {a: AgA}}\nspec: *shared\n",
                "x: &shared {encryptedData: {a: AgA}}\nspec: {<<: *shared}\n",
                "spec: {encryptedData: {a: AgA, a: AgB}}\n",
                "spec: {encryptedData: {a: AgA}}\nx: &n {namespace: other}\nmetadata: {<<: *n, name: n}\n",
            })
    void refusesWhatWouldChangeMoreThanTheValue(String rest) {
        String text =
                "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n"
                        + (rest.contains("metadata") ? "" : "metadata: {name: n, namespace: s}\n")
                        + rest;

        assertThatThrownBy(() -> set(text, "", "k=v"))
                .isInstanceOf(SetException.class)
                .hasMessageMatching(".*(cannot be changed|uses anchors).*");
    }

    @Test
    void refusesAValueThatLostLettersOnItsWay() {
        assertThatThrownBy(() -> Setting.parse("k=gr\uFFFD\uFFFDn"))
                .isInstanceOf(SetException.class)
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void refusesWhatItWouldSpoil() {
        assertThatThrownBy(() -> set("kind: Secret\n", "", "a=b"))
                .hasMessage("holds no SealedSecret");
        assertThatThrownBy(() -> set("a: {{ .x }}\n b: c\n", "", "a=b"))
                .hasMessageStartingWith("cannot be read as YAML");
        assertThatThrownBy(() -> set(YAML.replace("AgOld ", "&x AgOld "), "", "user=b"))
                .hasMessageContaining("anchors");
        assertThatThrownBy(() -> Setting.parse("no key=b")).isInstanceOf(SetException.class);
    }
}
