package dev.signet.operator.sealedsecret.web;

import static dev.signet.operator.sealedsecret.web.ApiRig.FOREIGN;
import static dev.signet.operator.sealedsecret.web.ApiRig.NEW;
import static dev.signet.operator.sealedsecret.web.ApiRig.OLD;
import static dev.signet.operator.sealedsecret.web.ApiRig.RING;
import static dev.signet.operator.sealedsecret.web.ApiRig.assertStatus;
import static dev.signet.operator.sealedsecret.web.ApiRig.object;
import static dev.signet.operator.sealedsecret.web.ApiRig.read;
import static dev.signet.operator.sealedsecret.web.ApiRig.seal;
import static dev.signet.operator.sealedsecret.web.ApiRig.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.UnsealingKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of sealed values that are sent. */
@Timeout(120)
class VerifyAndRotateTest {

    private final ApiRig rig = new ApiRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void verifiesWhatOpensInEveryScope() throws Exception {
        for (Scope scope : Scope.values()) {
            String body = object(scope, Map.of("a", seal(OLD, scope, "1"))).toString();
            HttpResponse<String> response = rig.post("/v1/verify", body);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        assertThat(rig.post("/v1/verify", object(Scope.STRICT, Map.of()).toString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void readsYamlToo() throws Exception {
        String yaml =
                """
                ---
                # a comment
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: db, namespace: team, creationTimestamp: null}
                spec:
                  encryptedData:
                    a: %s
                  template:
                    data: null
                status: {}
                """
                        .formatted(seal(NEW, Scope.STRICT, "1"));

        assertThat(rig.post("/v1/verify", yaml).statusCode()).isEqualTo(200);
        assertThat(rig.post("/v1/rotate", yaml).statusCode()).isEqualTo(200);
    }

    @Test
    void whatDoesNotOpenIsOneAnswerWhateverTheReason() throws Exception {
        String good = seal(NEW, Scope.STRICT, "1");
        String changed =
                good.substring(0, 100)
                        + (good.charAt(100) == 'A' ? "B" : "A")
                        + good.substring(101);
        List<String> values =
                List.of(
                        seal(FOREIGN, Scope.STRICT, "1"),
                        seal(NEW, Scope.CLUSTER_WIDE, "1"),
                        changed,
                        "not base64!",
                        "QQ==",
                        "");
        for (String value : values) {
            HttpResponse<String> verified =
                    rig.post(
                            "/v1/verify",
                            object(Scope.STRICT, Map.of("a", value, "b", good)).toString());
            HttpResponse<String> rotated =
                    rig.post("/v1/rotate", object(Scope.STRICT, Map.of("a", value)).toString());

            assertStatus(verified, 409);
            assertStatus(rotated, 500);
            assertThat(read(verified.body()).path("message"))
                    .isEqualTo(read(rotated.body()).path("message"));
            assertThat(read(verified.body()).path("message").asText())
                    .contains("SealedSecret team/db (scope strict)");
        }
    }

    @Test
    void rotatesToTheNewestKeyAndLeavesAllElseAsItIs() throws Exception {
        for (Scope scope : Scope.values()) {
            ObjectNode before = object(scope, Map.of("a", seal(OLD, scope, "c4n4ry")));
            ((ObjectNode) before.path("metadata"))
                    .put("resourceVersion", "7")
                    .putObject("labels")
                    .put("argocd.argoproj.io/sync-wave", "1");
            ObjectNode template = ((ObjectNode) before.path("spec")).putObject("template");
            template.put("type", "Opaque").put("immutable", true);
            template.putObject("data").put("url", "{{ .a }}").putNull("gone");
            template.putObject("metadata").putObject("labels").put("app", "db");
            before.put("unknown", 1.50);
            before.putObject("status").put("observedGeneration", 3);

            HttpResponse<String> response = rig.post("/v1/rotate", before.toString());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body()).doesNotContain("\n");
            ObjectNode after = (ObjectNode) read(response.body());
            String value = after.at("/spec/encryptedData/a").asText();
            assertThat(value).isNotEqualTo(before.at("/spec/encryptedData/a").asText());
            assertThat(opened(scope, value, NEW)).isEqualTo("c4n4ry");
            ((ObjectNode) after.at("/spec/encryptedData"))
                    .set("a", before.at("/spec/encryptedData/a"));
            assertThat(after).isEqualTo(read(before.toString()));
        }
    }

    private static String opened(Scope scope, String value, UnsealingKey key)
            throws InterruptedException {
        try (Opener opener = new Opener(1)) {
            Opened opened =
                    opener.open(
                            new SealedItems("team", "db", scope, Map.of("a", value)),
                            new KeyRing(List.of(key)));
            return ((Opened.Values) opened).values().get("a").utf8();
        }
    }

    /** CVE-2026-22728: who may choose the scope can open what was sealed for somebody else. */
    @Test
    void scopeIsNeverTakenFromTheTemplate() throws Exception {
        ObjectNode object = object(Scope.STRICT, Map.of("a", seal(OLD, Scope.STRICT, "c4n4ry")));
        ObjectNode annotations =
                ((ObjectNode) object.path("spec"))
                        .putObject("template")
                        .putObject("metadata")
                        .putObject("annotations");
        annotations.put("sealedsecrets.bitnami.com/cluster-wide", "true");

        String value =
                read(rig.post("/v1/rotate", object.toString()).body())
                        .at("/spec/encryptedData/a")
                        .asText();

        assertThat(opened(Scope.STRICT, value, NEW)).isEqualTo("c4n4ry");
        assertThatThrownBy(() -> opened(Scope.CLUSTER_WIDE, value, NEW))
                .isInstanceOf(ClassCastException.class);
        ObjectNode wide = object(Scope.STRICT, Map.of("a", seal(OLD, Scope.CLUSTER_WIDE, "1")));
        ((ObjectNode) wide.path("spec")).set("template", object.at("/spec/template"));
        assertThat(rig.post("/v1/verify", wide.toString()).statusCode()).isEqualTo(409);
    }

    /** Whether a template fails would tell of the value that it looks at. */
    @Test
    void templatesAreNeverRendered() throws Exception {
        ObjectNode object = sealed();
        ((ObjectNode) object.path("spec"))
                .putObject("template")
                .putObject("data")
                .put(
                        "x",
                        "{{ if hasPrefix \"c\" .password }}{{ fail \"yes\" }}{{ end }}{{ nope }}");

        assertThat(rig.post("/v1/verify", object.toString()).statusCode()).isEqualTo(200);
        HttpResponse<String> rotated = rig.post("/v1/rotate", object.toString());
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(read(rotated.body()).at("/spec/template"))
                .isEqualTo(object.at("/spec/template"));
    }

    @Test
    void wholeSecretOfOldVersionsStaysSealedAsOneValue() throws Exception {
        ObjectNode object = object(Scope.STRICT, Map.of());
        ((ObjectNode) object.path("spec")).put("data", seal(OLD, Scope.STRICT, "{}"));

        assertThat(rig.post("/v1/verify", object.toString()).statusCode()).isEqualTo(200);
        JsonNode rotated = read(rig.post("/v1/rotate", object.toString()).body());
        assertThat(opened(Scope.STRICT, rotated.at("/spec/data").asText(), NEW)).isEqualTo("{}");
        assertThat(rotated.at("/spec/encryptedData")).isEmpty();

        ObjectNode both = sealed();
        ((ObjectNode) both.path("spec")).put("data", seal(OLD, Scope.STRICT, "{}"));
        assertStatus(rig.post("/v1/verify", both.toString()), 500);
        rig.restart(RING, 20, 40, false);
        assertStatus(rig.post("/v1/rotate", object.toString()), 500);
    }
}
