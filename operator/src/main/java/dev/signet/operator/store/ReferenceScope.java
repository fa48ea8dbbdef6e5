package dev.signet.operator.store;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;

/**
 * Which namespace a store may reach into: the whole rule, in one place.
 *
 * <p>A SecretStore reads in its own namespace and nowhere else. As in External Secrets, a namespace
 * written in its reference to a Secret or a ServiceAccount is ignored, and one in a reference to a
 * ConfigMap is refused. A ClusterSecretStore reads where its reference says; where it says nothing,
 * in the namespace of the object that is being served. Sealed values are the exception: they are
 * those of the namespace that is served in either case.
 *
 * @param store the store that makes the references
 * @param caller the namespace of the object that is being served; empty when there is none
 */
public record ReferenceScope(StoreKey store, String caller) {

    /** The namespace to read {@code reference} in. */
    public String namespaceOf(Reference reference) throws ReferenceException {
        if (reference instanceof Reference.SealedSecrets sealed) {
            return namespaceOf(sealed);
        }
        return switch (store.kind()) {
            case SECRET_STORE -> ownNamespace(reference);
            case CLUSTER_SECRET_STORE -> {
                String namespace = reference.namespace().isEmpty() ? caller : reference.namespace();
                if (namespace.isEmpty()) {
                    throw new ReferenceException(
                            ReferenceException.Cause.MISSING,
                            "%s refers to %s without a namespace, and no object is being served; set the namespace"
                                    .formatted(store, describe(reference)));
                }
                yield namespace;
            }
        };
    }

    /**
     * Sealed values are those of the namespace that is served and of no other: whoever may make a
     * store must not be able to open what was sealed for somebody else.
     */
    private String namespaceOf(Reference.SealedSecrets sealed) throws ReferenceException {
        String own = store.kind() == StoreKind.SECRET_STORE ? store.namespace() : caller;
        if (own.isEmpty()) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "%s serves the SealedSecrets of each ExternalSecret's own namespace, and no object is being served"
                            .formatted(store));
        }
        if (!sealed.namespace().isEmpty() && !sealed.namespace().equals(own)) {
            throw new ReferenceException(
                    ReferenceException.Cause.DENIED,
                    "%s may not serve the SealedSecrets of namespace %s in namespace %s: sealed values never leave the namespace that they were sealed for; remove spec.provider.sealed.namespace"
                            .formatted(store, sealed.namespace(), own));
        }
        return own;
    }

    /** Whether reading {@code reference} depends on who is being served. */
    public boolean isReferent(Reference reference) {
        return store.kind() == StoreKind.CLUSTER_SECRET_STORE
                && (reference.namespace().isEmpty()
                        || reference instanceof Reference.SealedSecrets);
    }

    /** As messages name it: {@code Secret app-role (key secret-id)}. */
    static String describe(Reference reference) {
        return switch (reference) {
            case Reference.SecretKey secret ->
                    "Secret %s (key %s)".formatted(secret.name(), secret.key());
            case Reference.ConfigMapKey map ->
                    "ConfigMap %s (key %s)".formatted(map.name(), map.key());
            case Reference.ServiceAccount account -> "ServiceAccount " + account.name();
            case Reference.SealedSecrets _ -> "SealedSecrets";
        };
    }

    private String ownNamespace(Reference reference) throws ReferenceException {
        boolean foreign =
                !reference.namespace().isEmpty()
                        && !reference.namespace().equals(store.namespace());
        if (foreign && reference instanceof Reference.ConfigMapKey) {
            throw new ReferenceException(
                    ReferenceException.Cause.DENIED,
                    "%s may not read %s in namespace %s; a SecretStore reads in its own namespace only"
                            .formatted(store, describe(reference), reference.namespace()));
        }
        return store.namespace();
    }
}
