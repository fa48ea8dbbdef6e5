package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of Vault and OpenBao, asked with one token in one namespace. Paths are without
 * {@code /v1/}. Answers other than success are a {@link TestbedException}, save where a method says
 * otherwise; its message never holds the body.
 */
public final class VaultApi {

    private static final String JSON_TYPE = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final JsonHttp http;

    private VaultApi(JsonHttp http) {
        this.http = http;
    }

    static VaultApi of(URI address, String caCertificate, String token) {
        return new VaultApi(JsonHttp.to(address, caCertificate).with("X-Vault-Token", token));
    }

    /** The same with another token. */
    public VaultApi as(String token) {
        return new VaultApi(http.with("X-Vault-Token", token));
    }

    /** The same in a namespace, by its full path. */
    public VaultApi in(String namespace) {
        return new VaultApi(http.with("X-Vault-Namespace", namespace));
    }

    /** Sends a request and returns the answer, success or not. */
    public ApiReply send(String method, String path, @Nullable Object body) {
        return http.send(
                method, "/v1/" + path, body, method.equals("PATCH") ? MERGE_PATCH : JSON_TYPE);
    }

    /** Writes to a path and returns the answer's body. */
    public JsonNode write(String path, Map<String, ?> body) {
        return require("POST", path, send("POST", path, body));
    }

    /** Reads a path; empty if nothing is there. */
    public Optional<JsonNode> read(String path) {
        ApiReply reply = send("GET", path, null);
        return reply.status() == 404 ? Optional.empty() : Optional.of(require("GET", path, reply));
    }

    /** Deletes a path. */
    public void delete(String path) {
        require("DELETE", path, send("DELETE", path, null));
    }

    /** Mounts a KV engine of version 1 or 2 and waits until it takes writes. */
    public void enableKv(String mount, int version) {
        enableEngine("kv", mount, Map.of("version", Integer.toString(version)));
        if (version == 2) {
            Waiting.until(
                    "mounting " + mount,
                    Duration.ofSeconds(20),
                    List.of(),
                    () -> send("GET", mount + "/config", null).ok());
        }
    }

    /** Mounts any engine. */
    public void enableEngine(String type, String mount, Map<String, String> options) {
        write("sys/mounts/" + mount, Map.of("type", type, "options", options));
    }

    /** Writes a new version of a secret of a KV engine of version 2. */
    public void putKv2(String mount, String path, Map<String, ?> data) {
        write(mount + "/data/" + path, Map.of("data", data));
    }

    /** Mounts an auth method. */
    public void enableAuth(String type, String path) {
        write("sys/auth/" + path, Map.of("type", type));
    }

    /** Writes a policy in HCL. */
    public void policy(String name, String hcl) {
        write("sys/policies/acl/" + name, Map.of("policy", hcl));
    }

    /** Makes a token with these policies and no parent. */
    public String createToken(List<String> policies, Duration ttl) {
        return createToken(policies, ttl, Map.of());
    }

    /** Makes a token with these policies, no parent and more fields of the request. */
    public String createToken(List<String> policies, Duration ttl, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("policies", policies);
        body.put("ttl", ttl.toSeconds() + "s");
        body.put("no_parent", true);
        return write("auth/token/create", body).at("/auth/client_token").asText();
    }

    /**
     * Makes an AppRole and a secret id for it. The auth method is to be mounted at {@code path}.
     *
     * @param ttl how long its tokens last
     */
    public AppRole appRole(String path, String role, List<String> policies, Duration ttl) {
        String at = "auth/" + path + "/role/" + role;
        write(at, Map.of("token_policies", policies, "token_ttl", ttl.toSeconds() + "s"));
        String roleId =
                require("GET", at, send("GET", at + "/role-id", null)).at("/data/role_id").asText();
        String secretId = write(at + "/secret-id", Map.of()).at("/data/secret_id").asText();
        return new AppRole(path, roleId, secretId);
    }

    /** Mounts JWT auth at {@code path} that believes what one key has signed. */
    public void enableJwtAuth(String path, String publicKeyPem) {
        enableAuth("jwt", path);
        write("auth/" + path + "/config", Map.of("jwt_validation_pubkeys", List.of(publicKeyPem)));
    }

    /** Makes a role of JWT auth for one subject and audience. */
    public void jwtRole(
            String path, String role, String subject, String audience, List<String> policies) {
        write(
                "auth/" + path + "/role/" + role,
                Map.of(
                        "role_type",
                        "jwt",
                        "user_claim",
                        "sub",
                        "bound_subject",
                        subject,
                        "bound_audiences",
                        List.of(audience),
                        "token_policies",
                        policies));
    }

    /**
     * Mounts Kubernetes auth at {@code path} that reviews tokens at a control plane, as a
     * ServiceAccount {@code vault-reviewer} of the {@code default} namespace, made if need be.
     */
    public void enableKubernetesAuth(String path, ControlPlane plane) {
        KubeApi kube = plane.api();
        String reviewer = "vault-reviewer";
        String account = "/api/v1/namespaces/default/serviceaccounts";
        if (kube.find(account + "/" + reviewer).isEmpty()) {
            kube.create(account, Map.of("metadata", Map.of("name", reviewer)));
            kube.bind("default", reviewer, "system:auth-delegator");
        }
        enableAuth("kubernetes", path);
        write(
                "auth/" + path + "/config",
                Map.of(
                        "kubernetes_host",
                        plane.server().toString(),
                        "kubernetes_ca_cert",
                        plane.caCertificate(),
                        "token_reviewer_jwt",
                        kube.token("default", reviewer, List.of())));
    }

    /** Makes a role of Kubernetes auth for one ServiceAccount. */
    public void kubernetesRole(
            String path,
            String role,
            String namespace,
            String serviceAccount,
            List<String> policies) {
        write(
                "auth/" + path + "/role/" + role,
                Map.of(
                        "bound_service_account_names",
                        List.of(serviceAccount),
                        "bound_service_account_namespaces",
                        List.of(namespace),
                        "token_policies",
                        policies));
    }

    /** Makes a namespace below the current one and returns the API in it. */
    public VaultApi createNamespace(String name) {
        write("sys/namespaces/" + name, Map.of());
        return in(name);
    }

    int healthStatus() {
        try {
            return http.trySend("GET", "/v1/sys/health", null, JSON_TYPE).status();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static JsonNode require(String method, String path, ApiReply reply) {
        if (!reply.ok()) {
            throw new TestbedException(
                    method + " " + path + ": the vault answered " + reply.status());
        }
        return reply.body();
    }

    /**
     * What a client needs to log in.
     *
     * @param path where the auth method is mounted
     * @param roleId which role
     * @param secretId its secret
     */
    public record AppRole(String path, String roleId, String secretId) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "AppRole[" + path + ", " + roleId + "]";
        }
    }
}
