package dev.signet.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads what a store refers to in the cluster. The only way for a provider to get at a Secret, a
 * ConfigMap or a token: the rule which namespaces a store may reach into is kept behind it.
 */
public interface References {

    /** The value under one key of a Secret, as it is now. */
    SecretValue read(Reference.SecretKey reference) throws ReferenceException, InterruptedException;

    /**
     * All keys and values of the Secret that {@code reference} names, whichever key it names, as
     * they are now: if the Secret carries a label with this value, by which its owner allows such
     * use. Where labels cannot be told, it is denied.
     */
    default Map<String, SecretValue> readMarked(
            Reference.SecretKey reference, String label, String value)
            throws ReferenceException, InterruptedException {
        throw new ReferenceException(
                ReferenceException.Cause.DENIED,
                "whether Secret %s has the label %s cannot be told"
                        .formatted(reference.name(), label));
    }

    /** The text under one key of a ConfigMap, as it is now. */
    SecretValue read(Reference.ConfigMapKey reference)
            throws ReferenceException, InterruptedException;

    /**
     * A fresh token of a ServiceAccount (TokenRequest API).
     *
     * @param audiences asked for besides those of the reference; where both are empty, the API
     *     server's own
     * @param lifetime how long it shall be valid; at least ten minutes, or the API server refuses
     */
    SecretValue token(Reference.ServiceAccount reference, List<String> audiences, Duration lifetime)
            throws ReferenceException, InterruptedException;

    /**
     * The annotations of a ServiceAccount, as they are now: clouds have the role that it stands for
     * written there.
     */
    Map<String, String> annotations(Reference.ServiceAccount reference)
            throws ReferenceException, InterruptedException;

    /**
     * The sealed values of a namespace. Where they are not served, it is denied.
     *
     * @throws ReferenceException denied also where the reference names a namespace that is not its
     *     own
     */
    default SealedValues sealed(Reference.SealedSecrets reference) throws ReferenceException {
        throw new ReferenceException(
                ReferenceException.Cause.DENIED, "sealed values are not served here");
    }

    /** The token of the ServiceAccount that the operator itself runs under. */
    SecretValue ownToken() throws ReferenceException;
}
