package dev.signet.operator.sealedsecret;

import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings Secrets to what they should be, by create and update under Bitnami's field manager, so
 * that either controller can go on where the other stopped. Writes nothing where nothing differs.
 */
final class UnsealedWriter {

    private static final String MANAGER = "?fieldManager=controller";
    private static final int TRIES = 5;

    private final KubernetesClient client;
    private final ApiCalls calls;

    UnsealedWriter(KubernetesClient client, ApiCalls calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Writes a Secret.
     *
     * @param made as it was unsealed
     * @param sealedUid UID of its SealedSecret
     * @param knownUid UID of the Secret that was made before; empty where that is not known
     * @param whole whether what others put on it goes
     * @param exists whether there is one already, as far as is known
     * @throws KubernetesClientException where the API server refuses it or cannot be reached
     */
    Written write(Secret made, String sealedUid, String knownUid, boolean whole, boolean exists) {
        Secret wanted = SecretMerge.fresh(made);
        boolean known = exists;
        for (int i = 0; i < TRIES; i++) {
            if (!known) {
                @Nullable Written created = create(wanted);
                if (created != null) {
                    return created;
                }
            }
            Optional<Secret> actual =
                    Optional.ofNullable(
                            client.secrets()
                                    .inNamespace(wanted.getMetadata().getNamespace())
                                    .withName(wanted.getMetadata().getName())
                                    .get());
            known = actual.isPresent();
            if (known) {
                @Nullable Written written =
                        update(actual.get(), wanted, sealedUid, knownUid, whole);
                if (written != null) {
                    return written;
                }
            }
        }
        return new Written.Refused(false, "the Secret is being changed by others all the time");
    }

    /** The state of a Secret as the API server has it; empty where there is none. */
    Optional<SecretStates.State> state(String namespace, String name) {
        try {
            ApiCalls.Written now = calls.get(path(namespace) + "/" + name);
            return Optional.of(SecretStates.State.of(now.uid(), now.resourceVersion()));
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Null where there is one already. */
    private @Nullable Written create(Secret wanted) {
        try {
            ApiCalls.Written made =
                    calls.create(path(wanted.getMetadata().getNamespace()) + MANAGER, json(wanted));
            return new Written.Done(made.uid(), made.resourceVersion(), true);
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Null where somebody else was faster. */
    private @Nullable Written update(
            Secret actual, Secret wanted, String sealedUid, String knownUid, boolean whole) {
        if (actual.getMetadata().getDeletionTimestamp() != null) {
            return new Written.Refused(
                    false, "the Secret of this name is being deleted, and is made again then");
        }
        Claim claim = Claim.on(actual, wanted, sealedUid, knownUid);
        return switch (SecretMerge.decide(actual, wanted, claim, whole)) {
            case Step.Keep() ->
                    new Written.Done(
                            actual.getMetadata().getUid(),
                            actual.getMetadata().getResourceVersion(),
                            false);
            case Step.Refuse(boolean unmanaged, String message) ->
                    new Written.Refused(unmanaged, message);
            case Step.Replace(Secret next) -> replace(next);
        };
    }

    private @Nullable Written replace(Secret next) {
        try {
            ApiCalls.Written now =
                    calls.replace(
                            path(next.getMetadata().getNamespace())
                                    + "/"
                                    + next.getMetadata().getName()
                                    + MANAGER,
                            json(next));
            return new Written.Done(now.uid(), now.resourceVersion(), true);
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e) || KubernetesErrors.isNotFound(e)) {
                return null;
            }
            throw e;
        }
    }

    private String json(Secret secret) {
        return client.getKubernetesSerialization().asJson(secret);
    }

    private static String path(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }
}
