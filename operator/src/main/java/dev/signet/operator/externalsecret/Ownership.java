package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who controls a target, and whether this ExternalSecret may. The rules are those of
 * controller-runtime.
 */
final class Ownership {

    private static final String GROUP = "external-secrets.io/";
    private static final String KIND = "ExternalSecret";

    private Ownership() {}

    /** Whether {@code secret} is controlled by {@code owner}, of this or of an earlier life. */
    static boolean isControlledBy(Secret secret, ExternalSecret owner) {
        return controller(secret).filter(found -> isThis(found, owner)).isPresent();
    }

    /**
     * The owner references that the target shall have.
     *
     * @param own whether the ExternalSecret shall control it
     * @throws SyncException where somebody else controls it. That passes when he lets go, which no
     *     watch of ours may see.
     */
    static List<OwnerReference> references(Secret secret, ExternalSecret owner, boolean own)
            throws SyncException {
        Optional<OwnerReference> controller = controller(secret);
        boolean mine = controller.filter(found -> isThis(found, owner)).isPresent();
        String name = secret.getMetadata().getName();
        if (controller.isPresent() && !mine) {
            OwnerReference other = controller.get();
            if (isExternalSecret(other)) {
                throw SyncException.passing(
                        SyncException.OWNED,
                        "Secret %s is kept by ExternalSecret %s; choose another spec.target.name, or delete that one"
                                .formatted(name, other.getName()));
            }
            if (own) {
                throw SyncException.passing(
                        SyncException.OWNERSHIP,
                        "Secret %s is controlled by %s %s; choose another spec.target.name, or creationPolicy Merge"
                                .formatted(name, other.getKind(), other.getName()));
            }
        }
        List<OwnerReference> references = new ArrayList<>();
        if (secret.getMetadata().getOwnerReferences() != null) {
            references.addAll(secret.getMetadata().getOwnerReferences());
        }
        references.removeIf(reference -> isThis(reference, owner));
        if (own) {
            references.add(reference(owner));
        }
        return references;
    }

    private static OwnerReference reference(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(GROUP + "v1")
                .withKind(KIND)
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private static Optional<OwnerReference> controller(Secret secret) {
        List<OwnerReference> references = secret.getMetadata().getOwnerReferences();
        return references == null
                ? Optional.empty()
                : references.stream()
                        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                        .findFirst();
    }

    // By name and not by UID, as controller-runtime does, so that an ExternalSecret made anew takes
    // its Secret back.
    private static boolean isThis(OwnerReference reference, ExternalSecret owner) {
        return isExternalSecret(reference)
                && reference.getName().equals(owner.getMetadata().getName());
    }

    private static boolean isExternalSecret(OwnerReference reference) {
        return KIND.equals(reference.getKind()) && reference.getApiVersion().startsWith(GROUP);
    }
}
