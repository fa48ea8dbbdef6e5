package dev.signet.cli.seal.set;

import dev.signet.sealed.Scope;
import java.util.Set;

/**
 * What whoever sets a value takes a file to be. The file may be by somebody else, and tells who can
 * open the value.
 *
 * @param scopes that the file may tell
 * @param namespace of the file, unless it names none; empty where any will do
 */
public record Expected(Set<Scope> scopes, String namespace) {

    /** The set is copied. */
    public Expected {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Compares.
     *
     * @throws SetException where the file is another
     */
    void confirm(SealedText sealed) throws SetException {
        Scope told = sealed.scope();
        if (!scopes.contains(told)) {
            throw new SetException(
                    "holds a SealedSecret in scope %1$s; say --scope %1$s if the value may be opened there"
                            .formatted(told.word()));
        }
        if (told != Scope.CLUSTER_WIDE
                && !namespace.isEmpty()
                && !sealed.namespace().isEmpty()
                && !namespace.equals(sealed.namespace())) {
            throw new SetException(
                    "holds a SealedSecret of namespace %s, not of %s as --namespace says"
                            .formatted(sealed.namespace(), namespace));
        }
    }
}
