package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server, asked as one user with plain paths and JSON: enough to prepare a test
 * and to look at what came out. Bodies are whatever Jackson can write: maps, records, nodes.
 */
public final class KubeApi {

    private static final String JSON_TYPE = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final JsonHttp http;

    KubeApi(JsonHttp http, String token) {
        this.http = http.with("Authorization", "Bearer " + token);
    }

    /** Sends a request and returns the answer, success or not. */
    public ApiReply send(String method, String path, @Nullable Object body) {
        return http.send(method, path, body, method.equals("PATCH") ? MERGE_PATCH : JSON_TYPE);
    }

    /** Reads an object or a list; any other answer than success is an exception. */
    public JsonNode get(String path) {
        return require("GET", path, send("GET", path, null));
    }

    /** Reads an object that may be missing. */
    public Optional<JsonNode> find(String path) {
        ApiReply reply = send("GET", path, null);
        return reply.status() == 404 ? Optional.empty() : Optional.of(require("GET", path, reply));
    }

    /** Posts to a collection and returns what was created. */
    public JsonNode create(String path, Object body) {
        return require("POST", path, send("POST", path, body));
    }

    /** Replaces an object. */
    public JsonNode replace(String path, Object body) {
        return require("PUT", path, send("PUT", path, body));
    }

    /** Applies a JSON merge patch to an object. */
    public JsonNode patch(String path, Object body) {
        return require("PATCH", path, send("PATCH", path, body));
    }

    /** Deletes an object; one that is not there is fine. */
    public void delete(String path) {
        ApiReply reply = send("DELETE", path, null);
        if (reply.status() != 404) {
            require("DELETE", path, reply);
        }
    }

    /** Makes a namespace with a name that nobody else has, and returns the name. */
    public String freshNamespace(String prefix) {
        String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        createNamespace(name);
        return name;
    }

    /** Makes a namespace. */
    public void createNamespace(String name) {
        create("/api/v1/namespaces", Map.of("metadata", Map.of("name", name)));
    }

    /**
     * Makes a ServiceAccount that may do what {@code rules} say in the whole cluster and nothing
     * else beyond what everybody may, and takes a token for it that lasts an hour.
     */
    public ServiceAccountUser serviceAccount(String namespace, String name, List<RbacRule> rules) {
        String clusterRole = namespace + ":" + name;
        String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        create(path, Map.of("metadata", Map.of("name", name)));
        String rbac = "/apis/rbac.authorization.k8s.io/v1/";
        create(
                rbac + "clusterroles",
                Map.of("metadata", Map.of("name", clusterRole), "rules", rules));
        bind(namespace, name, clusterRole);
        return new ServiceAccountUser(namespace, name, token(namespace, name, List.of()));
    }

    /** Lets a ServiceAccount do in the whole cluster what a ClusterRole says. */
    public void bind(String namespace, String serviceAccount, String clusterRole) {
        create(
                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                Map.of(
                        "metadata",
                        Map.of("name", namespace + ":" + serviceAccount + ":" + clusterRole),
                        "roleRef",
                        Map.of(
                                "apiGroup",
                                "rbac.authorization.k8s.io",
                                "kind",
                                "ClusterRole",
                                "name",
                                clusterRole),
                        "subjects",
                        List.of(
                                Map.of(
                                        "kind",
                                        "ServiceAccount",
                                        "namespace",
                                        namespace,
                                        "name",
                                        serviceAccount))));
    }

    /**
     * Asks for a token of a ServiceAccount that lasts an hour.
     *
     * @param audiences whom the token is for; the API server if empty
     */
    public String token(String namespace, String serviceAccount, List<String> audiences) {
        return create(
                        "/api/v1/namespaces/%s/serviceaccounts/%s/token"
                                .formatted(namespace, serviceAccount),
                        Map.of("spec", Map.of("audiences", audiences, "expirationSeconds", 3600)))
                .at("/status/token")
                .asText();
    }

    boolean isReady() {
        try {
            return http.trySend("GET", "/readyz", null, JSON_TYPE).ok()
                    && http.trySend("GET", "/api/v1/namespaces/default", null, JSON_TYPE).ok();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static JsonNode require(String method, String path, ApiReply reply) {
        if (!reply.ok()) {
            throw new TestbedException(
                    "%s %s: answered %d %s"
                            .formatted(
                                    method,
                                    path,
                                    reply.status(),
                                    reply.body().path("reason").asText()));
        }
        return reply.body();
    }
}
