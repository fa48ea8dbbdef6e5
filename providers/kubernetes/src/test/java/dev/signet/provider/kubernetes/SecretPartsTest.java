package dev.signet.provider.kubernetes;

import static dev.signet.provider.contract.Outcomes.found;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import dev.signet.rest.SecretObject;
import dev.signet.rest.SecretParts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results are those of External Secrets. */
class SecretPartsTest {

    private static final SecretObject SECRET =
            new SecretObject(
                    "Secret",
                    "app",
                    Map.of(
                            "team",
                            "blue",
                            "app.kubernetes.io/name",
                            "x",
                            "json",
                            "{\"a\":{\"b\":1}}"),
                    null,
                    Map.of(
                            "file.png",
                            SecretValue.of(new byte[] {(byte) 0xff, 0}),
                            "plain",
                            SecretValue.ofUtf8("a<b&c>\\u003c\"é"),
                            "json",
                            SecretValue.ofUtf8(
                                    "{\"n\":1.50,\"s\":\"<x>\",\"o\":{\"k\":[1,1e3]},\"z\":null}")));

    private static String value(String property, boolean metadata) {
        return text(SecretParts.value(SECRET, new RemoteRef("app", property, "", metadata)));
    }

    private static ReadOutcome<SecretValue> outcome(String property, boolean metadata) {
        return SecretParts.value(SECRET, new RemoteRef("app", property, "", metadata));
    }

    @Test
    void givesTheWholeAsJsonInOrderWithoutEscapesForHtml() {
        assertThat(value("", false))
                .isEqualTo(
                        "{\"file.png\":\"\\ufffd\\u0000\",\"json\":\"{\\\"n\\\":1.50,\\\"s\\\":\\\"<x>\\\",\\\"o\\\":{\\\"k\\\":[1,1e3]},\\\"z\\\":null}\","
                                + "\"plain\":\"a<b&c>\\\\u003c\\\"é\"}");
    }

    @Test
    void givesKeysAsTheyAreAndPathsIntoJson() {
        assertThat(found(outcome("file.png", false)).bytes()).containsExactly(0xff, 0);
        assertThat(value("json.n", false)).isEqualTo("1.5");
        assertThat(value("json.o.k.1", false)).isEqualTo("1000");
        assertThat(value("json.z", false)).isEmpty();
    }

    @Test
    void saysInvalidOfPropertiesThatAreNotThere() {
        for (String property :
                new String[] {"none", "json.none", ".json", "json.", "plain.x", "."}) {
            assertThat(outcome(property, false))
                    .as(property)
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
        for (String property : new String[] {"team", "labels.none", "annotations.x", "labelsx"}) {
            assertThat(outcome(property, true))
                    .as(property)
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void givesLabelsAndAnnotations() {
        assertThat(value("", true))
                .isEqualTo(
                        "{\"annotations\":null,\"labels\":{\"app.kubernetes.io/name\":\"x\",\"json\":\"{\\\"a\\\":{\\\"b\\\":1}}\",\"team\":\"blue\"}}");
        assertThat(value("annotations", true)).isEqualTo("null");
        assertThat(value("labels.team", true)).isEqualTo("blue");
        assertThat(value("labels.app.kubernetes.io/name", true)).isEqualTo("x");
        assertThat(value("labels.json.a.b", true)).isEqualTo("1");
    }

    @Test
    void extractsMembersOfJsonAsJson() {
        assertThat(texts(SecretParts.extract(SECRET, RemoteRef.of("app", "json"))))
                .isEqualTo(
                        Map.of("n", "1.5", "s", "\"<x>\"", "o", "{\"k\":[1,1000]}", "z", "null"));
        assertThat(SecretParts.extract(SECRET, RemoteRef.of("app", "plain")))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void extractsMetadata() {
        assertThat(texts(SecretParts.extract(SECRET, new RemoteRef("app", "", "", true))))
                .containsOnlyKeys("labels", "annotations")
                .containsEntry("annotations", "null");
        assertThat(texts(SecretParts.extract(SECRET, new RemoteRef("app", "labels", "", true))))
                .containsEntry("team", "\"blue\"");
    }
}
