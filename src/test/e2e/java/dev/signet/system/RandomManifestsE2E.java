package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.ApiReply;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.Seed;
import dev.signet.testbed.SharedControlPlane;
import dev.signet.testbed.VaultApi;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand ExternalSecrets made at random, on a store of the manifest's own values and on real
 * engines: each ends Ready, or not Ready with words that a user can act upon.
 */
class RandomManifestsE2E {

    private static final int COUNT = 1_000;

    /** In every value, and so in no message and no line of the log. */
    private static final String NEEDLE = "n33dle";

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** What a message must not have: names of classes, references to objects, absent words. */
    private static final Pattern UNCLEAR =
            Pattern.compile(
                    "Exception|\\b(java|io|com|org|dev)\\.[a-z]+\\.|@[0-9a-f]{6,}|: null\\b|^null|Optional\\[|\\b(Found|Missing|Denied|Unavailable|Invalid)\\[|unexpected failure|a way it must not|%s|\\{\\}");

    private final Seed seed = Seed.ofThisRun();

    @Test
    void eachEndsReadyOrSaysClearlyWhyNot(@TempDir Path folder) throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh()) {
            fill(bao.api());
            makeStores(space, bao);
            try (SignetProcess signet =
                    SignetProcess.start(folder, "--namespace=" + space.namespace())) {
                List<Map<String, Object>> made = makeManifests(space);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() ->
                                assertThat(space.list(Kind.EXTERNAL_SECRET))
                                        .filteredOn(es -> Ready.of(es).status().isEmpty())
                                        .extracting(es -> es.at("/metadata/name").asText())
                                        .as("without an end; " + seed)
                                        .isEmpty());
                check(space, made);
                assertThat(signet.terminate()).isZero();
                assertThat(signet.output().lines())
                        .as(seed.toString())
                        .noneMatch(line ->
                                line.contains("unexpected failure")
                                        || line.contains("a way it must not")
                                        || line.contains(NEEDLE)
                                        || line.contains("Exception"));
            }
        }
    }

    private void check(Space space, List<Map<String, Object>> made) {
        int ready = 0;
        Map<String, JsonNode> found = space.byName(Kind.EXTERNAL_SECRET);
        for (Map<String, Object> manifest : made) {
            JsonNode es = found.get(nameOf(manifest));
            Ready end = Ready.of(es);
            String what = seed + ": " + manifest;
            assertThat(end.isTrue() || end.isFalse()).as(what).isTrue();
            assertThat(end.message()).as(what).doesNotContain(NEEDLE);
            if (end.isTrue()) {
                ready++;
                continue;
            }
            assertThat(end.message()).as(what).hasSizeGreaterThan(25).hasSizeLessThan(8_000);
            assertThat(UNCLEAR.matcher(end.message()).find())
                    .as("unclear: %s, for %s", end.message(), what)
                    .isFalse();
            assertThat(namesSomething(end.message(), es))
                    .as("names nothing: %s, for %s", end.message(), what)
                    .isTrue();
        }
        assertThat(ready).as("Ready of " + COUNT).isBetween(COUNT / 10, COUNT);
    }

    /** Whether the text names a field, a key, the target, or a store that the manifest names. */
    private static boolean namesSomething(String text, JsonNode es) {
        if (text.contains("spec.") || text.contains("spec:") || text.contains("(key: ")) {
            return true;
        }
        String target = es.at("/spec/target/name").asText(es.at("/metadata/name").asText());
        List<String> names = new ArrayList<>(es.findValuesAsText("key"));
        es.findValues("storeRef").forEach(ref -> names.add(ref.path("name").asText()));
        names.add(es.at("/spec/secretStoreRef/name").asText());
        names.add(target);
        return names.stream().anyMatch(name -> !name.isBlank() && text.contains(name));
    }

    private List<Map<String, Object>> makeManifests(Space space) {
        ManifestGrammar grammar = new ManifestGrammar(seed.random("manifests"));
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < COUNT * 5 / 4; i++) {
            all.add(grammar.externalSecret("es-" + i));
        }
        List<Map<String, Object>> admitted = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger refused = new AtomicInteger();
        Parallel.each(
                all.size(),
                i -> {
                    ApiReply reply = space.tryApply(Serialization.asJson(all.get(i))).getFirst();
                    if (reply.ok()) {
                        admitted.add(all.get(i));
                    } else {
                        assertThat(reply.status()).isEqualTo(422);
                        refused.incrementAndGet();
                    }
                });
        assertThat(admitted)
                .as("admitted, %d were refused, %s", refused.get(), seed)
                .hasSizeGreaterThanOrEqualTo(COUNT);
        return admitted;
    }

    private static String nameOf(Map<String, Object> manifest) {
        return ((Map<?, ?>) manifest.get("metadata")).get("name").toString();
    }

    private static void fill(VaultApi api) {
        api.enableKv("one", 1);
        values().forEach((key, value) -> {
            if (!key.contains(" ")) {
                api.putKv2("secret", key, value);
            }
            if (!key.contains(" ") && !value.isEmpty()) {
                api.write("one/" + key, value);
            }
        });
        api.putKv2("secret", "json", Map.of("a", NEEDLE + " second"));
        api.putKv2("secret", "json", values().get("json"));
        api.delete("secret/data/deleted");
        api.write("secret/destroy/destroyed", Map.of("versions", List.of(1)));
        api.policy(
                "narrow",
                """
                path "secret/data/dir/*" { capabilities = ["read"] }
                path "secret/data/json" { capabilities = ["read"] }
                path "secret/data/denied/*" { capabilities = ["deny"] }
                """);
    }

    private static Map<String, Map<String, Object>> values() {
        Map<String, Map<String, Object>> values = new TreeMap<>();
        for (String key : List.of("text", "deleted", "destroyed", "denied/x", "dir/a", "dir/b")) {
            values.put(key, Map.of("a", NEEDLE + " in " + key));
        }
        values.put("dir/deep/c", Map.of("c", NEEDLE));
        values.put("json", Map.of("a", NEEDLE, "b", 1, "t", true));
        values.put(
                "nested",
                Map.of(
                        "a",
                        Map.of("x", NEEDLE),
                        "c",
                        Map.of("d", NEEDLE, "e", List.of(NEEDLE, 2)),
                        "list",
                        List.of(Map.of("x", "1", "y", NEEDLE), Map.of("x", "2"))));
        values.put("list", Map.of("a", List.of(NEEDLE, NEEDLE)));
        values.put("number", Map.of("a", 12345678901234567L, "b", 1.5));
        values.put("empty", Map.of());
        values.put("b64", Map.of("a", base64(NEEDLE)));
        values.put("b64url", Map.of("a", base64(NEEDLE + "\u00ff\u00fe~~??").replace('+', '-')));
        values.put("binary", Map.of("a", base64("\0\1\2" + NEEDLE)));
        values.put("zero", Map.of("a", NEEDLE + "\0" + NEEDLE));
        values.put("large", Map.of("a", (NEEDLE + " ").repeat(20_000)));
        values.put(
                "odd keys",
                Map.of("odd key", NEEDLE, "odd.key", NEEDLE, "ü", NEEDLE, "", NEEDLE, "a/b", "x"));
        values.put("ünï/çødé-名", Map.of("a", NEEDLE, "ü", NEEDLE, "bad key!", NEEDLE));
        return values;
    }

    private static String base64(String text) {
        return Base64.getEncoder()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void makeStores(Space space, OpenBao bao) {
        List<Map<String, String>> data = new ArrayList<>();
        values().forEach((key, value) -> {
            String json = Serialization.asJson(value);
            data.add(Map.of("key", key, "value", json));
            data.add(Map.of("key", key, "version", "v1", "value", json));
            data.add(Map.of("key", "/" + key, "value", NEEDLE));
        });
        fake(space, "SecretStore", "fake", Map.of("data", data), Map.of());
        fake(
                space,
                "SecretStore",
                "unusable",
                Map.of("data", data, "validationResult", 2),
                Map.of());
        String cluster = space.namespace();
        fake(space, "ClusterSecretStore", "cluster", Map.of("data", data), Map.of());
        fake(
                space,
                "ClusterSecretStore",
                "closed",
                Map.of("data", data),
                Map.of("conditions", List.of(Map.of("namespaces", List.of("not-" + cluster)))));
        space.secret("token", Map.of("token", bao.rootToken()));
        space.secret(
                "narrow",
                Map.of("token", bao.api().createToken(List.of("narrow"), Duration.ofMinutes(30))));
        space.apply(Manifests.vaultStore("kv2", bao.address(), Manifests.token("token")));
        space.apply(
                Manifests.vaultStore(
                                "SecretStore",
                                "kv1",
                                bao.address(),
                                Manifests.token("token"),
                                "version: v1")
                        .replace("path: secret", "path: one"));
        space.apply(Manifests.vaultStore("narrow", bao.address(), Manifests.token("narrow")));
        space.apply(
                Manifests.vaultStore(
                        "away", URI.create("http://127.0.0.1:1"), Manifests.token("token")));
        space.secret("foreign", Map.of("foreign", "x"));
        SharedControlPlane.get()
                .api()
                .create(
                        Kind.SECRET.path(space.namespace()),
                        Map.of(
                                "metadata",
                                Map.of("name", "foreign-fixed"),
                                "immutable",
                                true,
                                "stringData",
                                Map.of("foreign", "x")));
    }

    private static void fake(
            Space space,
            String kind,
            String name,
            Map<String, Object> fake,
            Map<String, Object> more) {
        Map<String, Object> spec = new TreeMap<>(more);
        spec.put("provider", Map.of("fake", fake));
        space.apply(
                Serialization.asJson(
                        Map.of(
                                "kind",
                                kind,
                                "apiVersion",
                                "external-secrets.io/v1",
                                "metadata",
                                Map.of("name", name),
                                "spec",
                                spec)));
    }
}
