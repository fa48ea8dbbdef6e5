package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.externalsecret.rules.Marks;
import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import java.util.Optional;

/** Deletes targets, where a policy says so and they are ours. */
final class TargetRemoval {

    private final SecretApi api;
    private final TargetCache targets;
    private final EventRecorder events;
    private final KubernetesClient client;

    TargetRemoval(
            SecretApi api, TargetCache targets, EventRecorder events, KubernetesClient client) {
        this.api = api;
        this.targets = targets;
        this.events = events;
        this.client = client;
    }

    /**
     * Deletes the target because its values are gone; false when there is none.
     *
     * @throws SyncException also where it is not ours to delete, which passes when the values come
     *     back
     */
    boolean delete(ExternalSecret es) throws SyncException {
        String namespace = es.getMetadata().getNamespace();
        String name = Targets.nameOf(es);
        try {
            Optional<Secret> secret = api.get(namespace, name);
            if (secret.isEmpty()) {
                return false;
            }
            if (!Ownership.isControlledBy(secret.get(), es)) {
                throw SyncException.passing(
                        SyncException.DELETE,
                        "Secret %s is not controlled by this ExternalSecret; delete it by hand, or set deletionPolicy Retain"
                                .formatted(name));
            }
            api.delete(secret.get());
            return true;
        } catch (KubernetesClientException e) {
            throw SyncException.passing(SyncException.DELETE, KubernetesErrors.text(e));
        }
    }

    /** Deletes what an earlier {@code spec.target.name} left behind. */
    void orphans(ExternalSecret es) throws SyncException {
        if (!es.getSpec().target().creationPolicy().equals(ExternalSecretTarget.OWNER)) {
            return;
        }
        String namespace = es.getMetadata().getNamespace();
        String owner = GoHash.owner(namespace, es.getMetadata().getName());
        for (String name : targets.createdBy(namespace, owner)) {
            if (name.equals(Targets.nameOf(es))) {
                continue;
            }
            try {
                // The label may have been copied by hand; only the live object says whose it is.
                Optional<Secret> secret = api.get(namespace, name);
                if (secret.isPresent() && Ownership.isControlledBy(secret.get(), es)) {
                    api.delete(secret.get());
                    events.normal(
                            es,
                            ExternalSecretSync.COMPONENT,
                            Reasons.EVENT_DELETED,
                            Reasons.SECRET_ORPHANED);
                }
            } catch (KubernetesClientException e) {
                throw SyncException.passing(SyncException.ORPHANS, KubernetesErrors.text(e));
            }
        }
    }

    /**
     * Does what External Secrets' finalizer stands for, and takes it off. Signet adds none itself:
     * the garbage collector deletes an owned target all the same, and a finalizer would hold up a
     * namespace while no operator runs.
     */
    void release(ExternalSecret es) {
        if (!es.hasFinalizer(Marks.FINALIZER)) {
            return;
        }
        if (es.getSpec() != null
                && es.getSpec().target().deletionPolicy().equals(ExternalSecretTarget.DELETE)) {
            String namespace = es.getMetadata().getNamespace();
            String name = Targets.nameOf(es);
            Optional<Secret> secret = api.get(namespace, name);
            if (secret.isPresent() && Ownership.isControlledBy(secret.get(), es)) {
                api.delete(secret.get());
            }
        }
        PrimaryUpdateAndCacheUtils.removeFinalizer(client, es, Marks.FINALIZER);
    }
}
