package dev.signet.operator.externalsecret;

import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes Secrets as External Secrets does: by create and update (not apply), under a field manager
 * of each ExternalSecret's own. The client library sets a field manager on patches only, hence the
 * plain requests.
 */
final class SecretApi {

    private final KubernetesClient client;

    SecretApi(KubernetesClient client) {
        this.client = client;
    }

    Optional<Secret> get(String namespace, String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    }

    /** What was made; empty when a Secret of this name is there already. */
    Optional<Secret> create(Secret secret, String fieldManager) {
        try {
            String made =
                    send("POST", path(secret.getMetadata().getNamespace()), fieldManager, secret);
            return Optional.of(client.getKubernetesSerialization().unmarshal(made, Secret.class));
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** False when somebody else changed or deleted it since it was read. */
    boolean replace(Secret secret, String fieldManager) {
        try {
            send(
                    "PUT",
                    path(secret.getMetadata().getNamespace())
                            + "/"
                            + secret.getMetadata().getName(),
                    fieldManager,
                    secret);
            return true;
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e) || KubernetesErrors.isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes this very object: one that was changed or made anew since it was read stays. */
    void delete(Secret secret) {
        client.resource(secret)
                .lockResourceVersion(secret.getMetadata().getResourceVersion())
                .delete();
    }

    private String send(String method, String path, String fieldManager, Secret secret) {
        return client.raw(
                path + "?fieldManager=" + URLEncoder.encode(fieldManager, StandardCharsets.UTF_8),
                method,
                secret);
    }

    private static String path(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }
}
