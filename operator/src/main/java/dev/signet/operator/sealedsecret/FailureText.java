package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Scope;
import dev.signet.sealed.Unsealed;
import java.util.List;

/** Says why values were not opened, in the same words as long as nothing changes. */
final class FailureText {

    private static final int LONGEST = 600;
    private static final int KEYS = 5;

    private FailureText() {}

    /** First what Bitnami's controller says, then what was tried. */
    static String of(SealedSecret sealed, Unsealed.Unopened unopened, KeyRing ring) {
        String left = unopened.why().left();
        String first = bounded(unopened.why().said()) + (left.isEmpty() ? "" : "\n" + left);
        if (!unopened.why().wantsAnotherKey()) {
            return first;
        }
        Scope scope = Scope.of(SealedInputs.annotations(sealed));
        return first
                + "\ntried in scope %s for namespace %s and name %s with %s; it is sealed for another scope, namespace or name, with another key, or was changed"
                        .formatted(
                                scope.word(),
                                sealed.getMetadata().getNamespace(),
                                sealed.getMetadata().getName(),
                                keys(ring.names()));
    }

    static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    private static String keys(List<String> names) {
        if (names.isEmpty()) {
            return "no key, as there is none";
        }
        String shown =
                (names.size() == 1 ? "key " : "keys ")
                        + String.join(", ", names.subList(0, Math.min(KEYS, names.size())));
        return names.size() <= KEYS ? shown : shown + " and %d more".formatted(names.size() - KEYS);
    }
}
