package dev.signet.operator.externalsecret;

import dev.signet.operator.kube.ApiCalls;
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
    private final ApiCalls calls;

    SecretApi(KubernetesClient client, ApiCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    Optional<Secret> get(String namespace, String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    }

    /**
     * Makes it, and notes in it what it was given; false when one of this name is there already.
     */
    boolean create(Secret secret, String fieldManager) {
        try {
            ApiCalls.Written made =
                    calls.create(
                            path(secret.getMetadata().getNamespace()) + managedBy(fieldManager),
                            SecretJson.of(secret));
            secret.getMetadata().setUid(made.uid());
            secret.getMetadata().setResourceVersion(made.resourceVersion());
            return true;
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e)) {
                return false;
            }
            throw e;
        }
    }

    /** False when somebody else changed or deleted it since it was read. */
    boolean replace(Secret secret, String fieldManager) {
        try {
            client.raw(
                    path(secret.getMetadata().getNamespace())
                            + "/"
                            + secret.getMetadata().getName()
                            + managedBy(fieldManager),
                    "PUT",
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

    private static String managedBy(String fieldManager) {
        return "?fieldManager=" + URLEncoder.encode(fieldManager, StandardCharsets.UTF_8);
    }

    private static String path(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }
}
