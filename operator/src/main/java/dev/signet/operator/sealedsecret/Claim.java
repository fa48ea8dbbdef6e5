package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a SealedSecret may do with the Secret of its name. */
enum Claim {

    /** It made it: values are replaced, and what others put on it besides stays. */
    OWNED,

    /** It may take it: all of it is replaced. */
    TAKEN,

    /** It may put its keys into it. */
    PATCHED,

    /** It may put its keys into it, and own it. */
    PATCHED_AND_OWNED,

    /** None of its business. */
    FOREIGN;

    /**
     * As the annotations and the owner of the Secret say.
     *
     * @param sealedUid UID of the SealedSecret
     * @param wanted the Secret as it should be
     * @param knownUid UID of the Secret that was made before; empty where that is not known
     */
    static Claim on(Secret actual, Secret wanted, String sealedUid, String knownUid) {
        boolean managed = isTrue(actual, SealedSecret.MANAGED);
        if (isTrue(actual, SealedSecret.PATCH)) {
            return managed ? PATCHED_AND_OWNED : PATCHED;
        }
        Optional<OwnerReference> controller = controller(actual);
        if (controller.map(OwnerReference::getUid).filter(sealedUid::equals).isPresent()) {
            return OWNED;
        }
        if (managed) {
            return TAKEN;
        }
        if (controller.isPresent()) {
            // A SealedSecret that was deleted and made again has another UID. The garbage collector
            // may delete the Secret all the same; it is made again then.
            return isFormer(controller.get(), wanted.getMetadata().getName()) ? TAKEN : FOREIGN;
        }
        // Without that annotation somebody took the owner away, to keep the Secret: it is theirs.
        boolean known = !knownUid.isEmpty() && knownUid.equals(actual.getMetadata().getUid());
        return isTrue(actual, SealedSecret.SKIP_OWNER)
                        && (known || isTrue(wanted, SealedSecret.SKIP_OWNER))
                ? OWNED
                : FOREIGN;
    }

    private static boolean isFormer(OwnerReference owner, String name) {
        return Objects.equals(owner.getKind(), "SealedSecret")
                && owner.getApiVersion() != null
                && owner.getApiVersion().startsWith("bitnami.com/")
                && name.equals(owner.getName());
    }

    private static Optional<OwnerReference> controller(Secret secret) {
        @Nullable List<OwnerReference> owners = secret.getMetadata().getOwnerReferences();
        return owners == null
                ? Optional.empty()
                : owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .findFirst();
    }

    private static boolean isTrue(Secret secret, String annotation) {
        @Nullable Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(annotation));
    }
}
