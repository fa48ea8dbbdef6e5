package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import dev.signet.testbed.ApiReply;
import dev.signet.testbed.KubeApi;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * One namespace of the shared API server, seen as its user does. What was made through it, also
 * outside of the namespace, is gone when it is closed, so that no later operator meets it.
 */
final class Space implements AutoCloseable {

    /** Much longer than anything takes, so that a machine with other work fails nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubeApi api = SharedControlPlane.get().api();
    private final String namespace;
    private final List<String> clusterWide = new ArrayList<>();

    private Space(String namespace) {
        this.namespace = namespace;
    }

    /** A namespace that nobody else has, in a cluster with the CRDs installed. */
    static Space fresh() {
        installCrds(SharedControlPlane.get().api());
        return new Space(SharedControlPlane.freshNamespace());
    }

    String namespace() {
        return namespace;
    }

    /** Makes or changes what the YAML holds, and returns the API server's answers. */
    List<ApiReply> tryApply(String yaml) {
        return Stream.of(yaml.split("\n---\n"))
                .map(document -> apply(Serialization.unmarshal(document, ObjectNode.class)))
                .toList();
    }

    /** Makes or changes what the YAML holds. */
    void apply(String yaml) {
        for (ApiReply reply : tryApply(yaml)) {
            Assertions.assertThat(reply.status())
                    .as(() -> reply.body().path("message").asText())
                    .isBetween(200, 201);
        }
    }

    private ApiReply apply(ObjectNode object) {
        Kind kind = Kind.of(object.path("kind").asText());
        String name = object.at("/metadata/name").asText();
        ApiReply made = api.send("POST", kind.path(namespace), object);
        if (made.ok() && kind == Kind.CLUSTER_SECRET_STORE) {
            clusterWide.add(kind.path("", name));
        }
        return made.status() == 409 ? api.send("PATCH", kind.path(namespace, name), object) : made;
    }

    /** Makes or changes a Secret of plain texts. */
    void secret(String name, Map<String, String> data) {
        Map<String, Object> secret = Map.of("metadata", Map.of("name", name), "stringData", data);
        ApiReply made = api.send("POST", Kind.SECRET.path(namespace), secret);
        if (made.status() == 409) {
            api.patch(Kind.SECRET.path(namespace, name), secret);
        } else {
            Assertions.assertThat(made.ok()).isTrue();
        }
    }

    /** Merges a patch into an object. */
    void patch(Kind kind, String name, Map<String, ?> patch) {
        api.patch(kind.path(namespace, name), patch);
    }

    JsonNode get(Kind kind, String name) {
        return api.get(kind.path(namespace, name));
    }

    Optional<JsonNode> find(Kind kind, String name) {
        return api.find(kind.path(namespace, name));
    }

    /** All objects of a kind, as the API server has them. */
    List<JsonNode> list(Kind kind) {
        List<JsonNode> all = new ArrayList<>();
        api.get(kind.path(namespace)).path("items").forEach(all::add);
        return all;
    }

    /** All objects of a kind by name, as the API server has them. */
    Map<String, JsonNode> byName(Kind kind) {
        return list(kind).stream()
                .collect(
                        Collectors.toMap(
                                object -> object.at("/metadata/name").asText(), object -> object));
    }

    /** Makes a SecretStore {@code vault} that may read all that this server holds. */
    void storeOf(OpenBao bao) {
        secret("token", Map.of("token", bao.rootToken()));
        apply(Manifests.vaultStore("vault", bao.address(), Manifests.token("token")));
    }

    void delete(Kind kind, String name) {
        api.delete(kind.path(namespace, name));
    }

    /** The Ready condition of an object. */
    Ready ready(Kind kind, String name) {
        return Ready.of(get(kind, name));
    }

    /** The Ready condition of an ExternalSecret. */
    Ready ready(String externalSecret) {
        return ready(Kind.EXTERNAL_SECRET, externalSecret);
    }

    /** The data of a Secret as texts; empty when there is no such Secret. */
    Map<String, String> data(String secret) {
        return find(Kind.SECRET, secret).map(Space::data).orElse(Map.of());
    }

    /** The data of a Secret as texts. */
    static Map<String, String> data(JsonNode secret) {
        Map<String, String> texts = new TreeMap<>();
        secret.path("data")
                .properties()
                .forEach(entry ->
                        texts.put(
                                entry.getKey(),
                                new String(
                                        Base64.getDecoder().decode(entry.getValue().asText()),
                                        StandardCharsets.UTF_8)));
        return texts;
    }

    /** The version of a Secret, which any write to it changes. */
    String version(String secret) {
        return get(Kind.SECRET, secret).at("/metadata/resourceVersion").asText();
    }

    void awaitReady(String externalSecret) {
        await(() -> Assertions.assertThat(ready(externalSecret)).matches(Ready::isTrue, "ready"));
    }

    /** Waits until the ExternalSecret is not Ready for a cause whose text has all of these. */
    void awaitNotReady(String externalSecret, String... cause) {
        await(() -> assertNotReady(ready(externalSecret), cause));
    }

    /** Waits until all that was made in this namespace is Ready. */
    void awaitAllReady(Kind kind, int count) {
        await(() ->
                Assertions.assertThat(list(kind))
                        .hasSize(count)
                        .extracting(Ready::of)
                        .allMatch(Ready::isTrue, "is ready"));
    }

    void awaitData(String secret, Map<String, String> data) {
        await(() -> Assertions.assertThat(data(secret)).isEqualTo(data));
    }

    /** Waits until the assertion holds, for two minutes at most. */
    static void await(ThrowingRunnable assertion) {
        await(PATIENCE, assertion);
    }

    /** Waits until the assertion holds. */
    static void await(Duration patience, ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .untilAsserted(assertion);
    }

    static void assertNotReady(Ready ready, String... cause) {
        Assertions.assertThat(ready).matches(Ready::isFalse, "not ready");
        Assertions.assertThat(ready.message()).contains(cause);
    }

    @Override
    public void close() {
        // One by one: a collection of thousands takes longer than a call may.
        removeAll(Kind.EXTERNAL_SECRET);
        removeAll(Kind.SECRET_STORE);
        clusterWide.forEach(api::delete);
    }

    private void removeAll(Kind kind) {
        List<JsonNode> all = list(kind);
        Parallel.each(
                all.size(),
                i -> {
                    String path = kind.path(namespace, all.get(i).at("/metadata/name").asText());
                    if (!all.get(i).at("/metadata/finalizers").isMissingNode()) {
                        api.send(
                                "PATCH", path, Map.of("metadata", Map.of("finalizers", List.of())));
                    }
                    api.delete(path);
                });
    }

    static void installCrds(KubeApi api) {
        for (CrdFile crd : Crds.all()) {
            ApiReply made =
                    api.send(
                            "POST",
                            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                            Serialization.unmarshal(crd.yaml(), ObjectNode.class));
            Assertions.assertThat(made.status()).isIn(201, 409);
        }
        await(() -> {
            for (Kind kind :
                    List.of(Kind.EXTERNAL_SECRET, Kind.SECRET_STORE, Kind.CLUSTER_SECRET_STORE)) {
                Assertions.assertThat(api.send("GET", kind.path("default"), null).ok()).isTrue();
            }
        });
    }
}
