package dev.signet.provider.vault;

import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;

/** Who may log in as the operator itself. */
final class OperatorIdentity {

    private OperatorIdentity() {}

    /**
     * Refuses a store that may not have the operator's own token either: it also names the server,
     * whose owner could log in elsewhere with what he is sent.
     *
     * @param whose such as {@code AWS}
     * @param remedy what to set in the spec
     */
    static void require(References references, String whose, String remedy)
            throws ReferenceException {
        try {
            references.ownToken().wipe();
        } catch (ReferenceException e) {
            if (e.reason() == ReferenceException.Cause.DENIED) {
                throw new ReferenceException(
                        ReferenceException.Cause.DENIED,
                        "the operator's own %s identity may be shown to Vault by a ClusterSecretStore alone; %s"
                                .formatted(whose, remedy));
            }
            // No file with a token: the identity asked for does not hang on it.
        }
    }
}
