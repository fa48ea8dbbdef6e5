package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.api.sealed.SealedSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {

    private static final Opener OPENER = new Opener();

    @AfterAll
    static void close() {
        OPENER.close();
    }

    static Stream<JsonNode> keys() {
        return Vectors.of("keys");
    }

    static Stream<JsonNode> items() {
        return Vectors.of("items");
    }

    static Stream<JsonNode> objects() {
        return Vectors.of("objects").filter(o -> !o.path("ID").asText().startsWith("template/"));
    }

    static Stream<JsonNode> templates() {
        return Vectors.of("objects").filter(o -> o.path("ID").asText().startsWith("template/"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasTheFingerprintThatBitnamiPrints(JsonNode key) {
        UnsealingKey read = Vectors.key(key.path("ID").asText());

        assertThat(read.fingerprint()).isEqualTo(key.path("Fingerprint").asText());
        assertThat(read.certificate().pem()).isEqualTo(key.path("CertPEM").asText());
    }

    @ParameterizedTest
    @MethodSource("items")
    void anItemOpensAsItDoesThere(JsonNode item) throws Exception {
        Scope scope = Scope.ofWord(item.path("Scope").asText()).orElseThrow();
        String namespace = item.path("Namespace").asText();
        String name = item.path("Name").asText();
        KeyRing ring = new KeyRing(List.of(Vectors.key(item.path("Key").asText())));

        Opened opened =
                OPENER.open(
                        new SealedItems(
                                namespace,
                                name,
                                scope,
                                Map.of("k", item.path("CiphertextB64").asText())),
                        ring);

        assertThat(scope.label(namespace, name)).asString().isEqualTo(item.path("Label").asText());
        if (item.path("Ok").asBoolean()) {
            assertThat(opened)
                    .isInstanceOfSatisfying(
                            Opened.Values.class,
                            values ->
                                    assertThat(values.values().get("k").bytes())
                                            .isEqualTo(bytes(item.path("PlaintextB64"))));
        } else {
            assertThat(opened)
                    .isInstanceOfSatisfying(
                            Opened.Unopened.class,
                            unopened ->
                                    assertThat(unopened.message())
                                            .isEqualTo(item.path("Error").asText() + " (k)"));
        }
    }

    @ParameterizedTest
    @MethodSource("objects")
    void anObjectBecomesTheSameSecret(JsonNode object) throws Exception {
        Unsealed unsealed = unseal(object);

        if (object.has("Error")) {
            assertThat(unsealed)
                    .isInstanceOfSatisfying(
                            Unsealed.Unopened.class,
                            unopened ->
                                    assertThat(unopened.message())
                                            .isEqualTo(object.path("Error").asText()));
        } else {
            assertThat(unsealed).isInstanceOf(Unsealed.Made.class);
            Secret secret = ((Unsealed.Made) unsealed).secret();
            assertThat(bare(Vectors.JSON.valueToTree(secret)))
                    .isEqualTo(bare(object.path("Secret").deepCopy()));
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anObjectWithTemplatesIsRefusedUntilTheyAreServed(JsonNode object) throws Exception {
        assertThat(unseal(object))
                .isInstanceOfSatisfying(
                        Unsealed.Refused.class,
                        refused -> assertThat(refused.message()).contains("spec.template.data"));
    }

    @Test
    void blobOfOldVersionsIsRefusedWhereItIsNotAccepted() throws Exception {
        JsonNode object =
                objects()
                        .filter(o -> o.path("SealedSecret").path("spec").path("data").isTextual())
                        .findFirst()
                        .orElseThrow();
        SealedSecret sealed =
                Vectors.JSON.treeToValue(object.path("SealedSecret"), SealedSecret.class);

        assertThat(
                        new Unsealer(OPENER, Vectors.JSON, false)
                                .unseal(sealed, Vectors.ring(object.path("Keys"))))
                .isInstanceOfSatisfying(
                        Unsealed.Refused.class,
                        refused ->
                                assertThat(refused.message())
                                        .startsWith("spec.data is not accepted"));
    }

    @Test
    void allVectorsWereRead() {
        assertThat(keys()).hasSize(3);
        assertThat(items()).hasSize(15);
        assertThat(objects().count() + templates().count()).isEqualTo(32);
    }

    private static Unsealed unseal(JsonNode object) throws Exception {
        SealedSecret sealed =
                Vectors.JSON.treeToValue(object.path("SealedSecret"), SealedSecret.class);
        return new Unsealer(OPENER, Vectors.JSON, true)
                .unseal(sealed, Vectors.ring(object.path("Keys")));
    }

    /** Kind and version are those of the type; only the legacy blob names them. */
    private static JsonNode bare(JsonNode secret) {
        ((ObjectNode) secret).remove(List.of("kind", "apiVersion"));
        return secret;
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
