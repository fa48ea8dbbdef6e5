package dev.signet.provider;

import java.util.List;

/**
 * Something in the cluster that a store's spec refers to. An empty namespace means the store's own
 * or, in a store for the whole cluster, that of the object that is being served (<i>referent</i>
 * authentication).
 */
public sealed interface Reference {

    /** The namespace as written in the spec; may be empty. */
    String namespace();

    /** The object's name. */
    String name();

    /** One key of a Secret. */
    record SecretKey(String namespace, String name, String key) implements Reference {}

    /** One key of a ConfigMap. */
    record ConfigMapKey(String namespace, String name, String key) implements Reference {}

    /** A ServiceAccount whose tokens are asked for, with the audiences that the spec wants. */
    record ServiceAccount(String namespace, String name, List<String> audiences)
            implements Reference {

        public ServiceAccount {
            audiences = List.copyOf(audiences);
        }
    }

    /**
     * The SealedSecrets of one namespace, which is never another than that of the store or, in a
     * store for the whole cluster, of the object that is being served.
     */
    record SealedSecrets(String namespace) implements Reference {

        /** Empty: all of them are meant. */
        @Override
        public String name() {
            return "";
        }
    }
}
