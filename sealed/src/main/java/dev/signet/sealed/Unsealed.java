package dev.signet.sealed;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Set;

/** What came of unsealing a SealedSecret. */
public sealed interface Unsealed {

    /**
     * The Secret as it should be, with its owner.
     *
     * @param openedBy fingerprints of the keys that opened the values
     */
    record Made(Secret secret, Set<String> openedBy) implements Unsealed {

        /** Its place and name; never a value. */
        @Override
        public String toString() {
            return "Made[%s/%s]"
                    .formatted(secret.getMetadata().getNamespace(), secret.getMetadata().getName());
        }
    }

    /** At least one value was not opened. */
    record Unopened(Opened.Unopened why) implements Unsealed {

        /** As Bitnami's controller tells it. */
        public String message() {
            return why.message();
        }
    }

    /** The SealedSecret asks for what cannot be done; no key will help. */
    record Refused(String message) implements Unsealed {}
}
