package dev.signet.operator.store;

import dev.signet.provider.ReferenceException;
import dev.signet.provider.SealedValues;

/** The sealed values that stores may serve, namespace by namespace. */
@FunctionalInterface
public interface SealedNamespaces {

    /**
     * Those of one namespace.
     *
     * @throws ReferenceException where they are not served
     */
    SealedValues in(String namespace) throws ReferenceException;

    /** There are none, for Sealed Secrets are not served. */
    static SealedNamespaces none() {
        return namespace -> {
            throw new ReferenceException(
                    ReferenceException.Cause.DENIED,
                    "this operator does not serve Sealed Secrets, so no store can give their values");
        };
    }
}
