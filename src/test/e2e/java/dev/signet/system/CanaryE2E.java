package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values and credentials that are known by sight are looked for in all that the operator says and
 * writes, while all goes well and while it fails in every way: they stand in target Secrets alone.
 */
class CanaryE2E {

    private static final String VALUE = canary();
    private static final String CHANGED = canary();
    private static final String TOKEN = canary();
    private static final String SECRET_ID = canary();
    private static final String JWT = canary();
    private static final String PRIVATE_KEY = canary();

    private static final List<String> SYNCED = List.of("plain", "extracted", "immutable");

    @TempDir private Path folder;

    @Test
    void valuesAndCredentialsAreFoundInTargetsAlone() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                EchoServer html = new EchoServer(200, "text/html", "<html>%s</html>");
                EchoServer refusing =
                        new EchoServer(400, "application/json", "{\"errors\":[\"%s\"]}");
                EchoServer broken =
                        new EchoServer(500, "application/json", "{\"errors\":[\"%s\"]}");
                EchoServer denying =
                        new EchoServer(403, "application/json", "{\"errors\":[\"%s\"]}");
                Space space = Space.fresh();
                SignetProcess signet =
                        SignetProcess.start(
                                folder, "--namespace=" + space.namespace(), "--loglevel=debug")) {
            Set<String> inputs = prepareCredentials(bao.api(), space);
            space.apply(Manifests.vaultStore("vault", bao.address(), Manifests.token("token")));
            List<String> failing = new ArrayList<>(applyBadReads(space));
            failing.addAll(applyBadLogins(space, bao));
            for (var server :
                    Map.of("html", html, "refusing", refusing, "broken", broken, "denying", denying)
                            .entrySet()) {
                failing.addAll(applyStores(space, server.getKey(), server.getValue()));
            }
            space.apply(read("plain").data("k", "canary", "k").yaml());
            space.apply(read("extracted").dataFrom("extract: {key: canary}").yaml());
            space.apply(
                    read("immutable").target("immutable: true").data("k", "canary", "k").yaml());
            SYNCED.forEach(space::awaitReady);
            failing.forEach(name -> space.awaitNotReady(name, ":"));
            bao.api().putKv2("secret", "canary", values(CHANGED));
            space.awaitData("plain", Map.of("k", CHANGED));
            assertThat(space.data("immutable")).isEqualTo(Map.of("k", VALUE));

            Needles needles = needles();
            assertThat(needles.in(space.get(Kind.SECRET, "plain").toString()))
                    .as("what is looked for can be found")
                    .isPresent();
            assertThat(needles.in(signet.metrics())).as("metrics").isEmpty();
            assertThat(signet.metrics()).contains("externalsecret_sync_calls_error");
            assertCleanObjects(space, needles, inputs);
            assertThat(signet.terminate()).as("exit code").isZero();
            assertThat(signet.output()).contains("\"level\":\"debug\"", "operator stopped");
            assertThat(signet.output().lines().filter(line -> needles.in(line).isPresent()))
                    .as("log lines")
                    .isEmpty();
        }
    }

    private static Set<String> prepareCredentials(VaultApi api, Space space) {
        api.putKv2("secret", "canary", values(VALUE));
        api.putKv2("secret", "huge", Map.of("k", (VALUE + " ").repeat(40_000)));
        api.putKv2("secret", "nul", Map.of("k", VALUE + "\0" + VALUE));
        api.policy(
                "canary",
                "path \"secret/data/*\" { capabilities = [\"read\"] }\npath \"secret/data/forbidden\" { capabilities = [\"deny\"] }");
        api.createToken(List.of("canary"), Duration.ofMinutes(30), Map.of("id", TOKEN));
        api.enableAuth("approle", "approle");
        api.write("auth/approle/role/canary", Map.of("token_policies", List.of("canary")));
        api.enableAuth("jwt", "jwt");
        space.secret("token", Map.of("token", TOKEN));
        space.secret("ill-formed", Map.of("token", TOKEN + "\n\u0001" + TOKEN));
        space.secret("unknown", Map.of("token", SECRET_ID));
        space.secret("approle", Map.of("secret-id", SECRET_ID));
        space.secret("jwt", Map.of("token", JWT));
        space.secret("tls", Map.of("tls.crt", PRIVATE_KEY, "tls.key", PRIVATE_KEY));
        space.secret(
                "pem",
                Map.of(
                        "tls.crt",
                        "-----BEGIN CERTIFICATE-----\n"
                                + PRIVATE_KEY
                                + "\n-----END CERTIFICATE-----\n"));
        return Set.of("token", "ill-formed", "unknown", "approle", "jwt", "tls", "pem");
    }

    private static Map<String, ?> values(String canary) {
        return Map.of(
                "k", canary, "json", "{\"inner\": \"" + canary + "\"", "deep", Map.of("k", canary));
    }

    private static List<String> applyBadReads(Space space) {
        Map<String, Manifests.EsBuilder> reads =
                Map.ofEntries(
                        bad("no-property", es -> es.data("k", "canary", "absent")),
                        bad("no-path", es -> es.data("k", "canary", "k.deeper.#(a==\"b\")")),
                        bad("no-json", es -> es.data("k", "canary", "json.inner.nothing")),
                        bad(
                                "no-base64",
                                es ->
                                        es.data(
                                                "k",
                                                "key: canary, property: k, decodingStrategy: Base64")),
                        bad(
                                "no-base64url",
                                es ->
                                        es.dataFrom(
                                                "extract: {key: canary, decodingStrategy: Base64URL}")),
                        bad(
                                "null-byte",
                                es -> es.data("k", "key: nul, property: k, nullBytePolicy: Fail")),
                        bad("no-map", es -> es.dataFrom("extract: {key: canary, property: k}")),
                        bad(
                                "half-json",
                                es -> es.dataFrom("extract: {key: canary, property: json}")),
                        bad(
                                "no-objects",
                                es ->
                                        es.dataFrom(
                                                "extract: {key: canary}, rewrite: [{merge: {}}]")),
                        bad(
                                "no-regexp",
                                es ->
                                        es.dataFrom(
                                                "extract: {key: canary}, rewrite: [{regexp: {source: '(', target: x}}]")),
                        bad(
                                "no-keys",
                                es ->
                                        es.dataFrom(
                                                "extract: {key: canary}, rewrite: [{regexp: {source: '.*', target: 'a/b c'}}]")),
                        bad(
                                "no-template",
                                es ->
                                        es.dataFrom(
                                                "extract: {key: canary}, rewrite: [{transform: {template: '{{ .value | nope }}'}}]")),
                        bad("too-large", es -> es.data("k", "huge", "k")),
                        bad("forbidden", es -> es.data("k", "forbidden", "k")),
                        bad("missing", es -> es.data("k", "nowhere", "k")),
                        bad("no-list", es -> es.dataFrom("find: {name: {regexp: '.*'}}")));
        reads.values().forEach(read -> space.apply(read.yaml()));
        return List.copyOf(reads.keySet());
    }

    private static Map.Entry<String, Manifests.EsBuilder> bad(
            String name, java.util.function.UnaryOperator<Manifests.EsBuilder> entries) {
        return Map.entry(name, entries.apply(read(name)));
    }

    private static List<String> applyBadLogins(Space space, OpenBao bao) {
        Map<String, String> logins =
                Map.of(
                        "ill-formed",
                        Manifests.token("ill-formed"),
                        "unknown",
                        Manifests.token("unknown"),
                        "approle",
                        "appRole: {path: approle, roleId: canary, secretRef: {name: approle, key: secret-id}}",
                        "jwt",
                        "jwt: {path: jwt, role: canary, secretRef: {name: jwt, key: token}}",
                        "kubernetes",
                        "kubernetes: {mountPath: jwt, role: canary, secretRef: {name: jwt}}",
                        "client-key",
                        Manifests.token("token")
                                + "}, tls: {certSecretRef: {name: tls}, keySecretRef: {name: tls}",
                        "client-pem",
                        Manifests.token("token")
                                + "}, tls: {certSecretRef: {name: pem}, keySecretRef: {name: tls}",
                        "ca",
                        Manifests.token("token")
                                + "}, caProvider: {type: Secret, name: tls, key: tls.crt",
                        "ca-pem",
                        Manifests.token("token")
                                + "}, caProvider: {type: Secret, name: pem, key: tls.crt");
        logins.forEach((name, auth) -> {
            space.apply(Manifests.vaultStore(name, bao.address(), auth));
            space.apply(Manifests.externalSecret(name).from(name).data("k", "canary", "k").yaml());
        });
        return List.copyOf(logins.keySet());
    }

    private static List<String> applyStores(Space space, String server, EchoServer echo) {
        Map<String, String> logins =
                Map.of(
                        server + "-token", Manifests.token("token"),
                        server + "-approle",
                                "appRole: {path: approle, roleId: canary, secretRef: {name: approle, key: secret-id}}",
                        server + "-jwt",
                                "jwt: {path: jwt, role: canary, secretRef: {name: jwt, key: token}}");
        logins.forEach((name, auth) -> {
            space.apply(Manifests.vaultStore(name, echo.address(), auth));
            space.apply(Manifests.externalSecret(name).from(name).data("k", "canary", "k").yaml());
        });
        return List.copyOf(logins.keySet());
    }

    private static Manifests.EsBuilder read(String name) {
        return Manifests.externalSecret(name).from("vault").every("1s");
    }

    private static void assertCleanObjects(Space space, Needles needles, Set<String> inputs) {
        for (Kind kind : Kind.values()) {
            for (JsonNode object : space.list(kind)) {
                String name = object.at("/metadata/name").asText();
                if (kind == Kind.SECRET) {
                    if (inputs.contains(name)) {
                        continue;
                    }
                    assertThat(name).isIn(new HashSet<>(SYNCED));
                    ((ObjectNode) object).remove("data");
                }
                assertThat(needles.in(object.toString())).as(kind + " " + name).isEmpty();
            }
        }
        assertThat(space.list(Kind.EVENT)).isNotEmpty();
    }

    private static Needles needles() {
        return new Needles()
                .add("value", VALUE)
                .add("changed value", CHANGED)
                .add("token", TOKEN)
                .add("secret ID", SECRET_ID)
                .add("JWT", JWT)
                .add("private key", PRIVATE_KEY);
    }

    private static String canary() {
        return "canary" + UUID.randomUUID().toString().replace("-", "");
    }
}
