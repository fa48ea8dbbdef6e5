package dev.signet.provider.vault;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;

/** The fields of a spec that refer to something in the cluster, as references. */
final class Refs {

    static final String TLS_CERT = "tls.crt";
    static final String TLS_KEY = "tls.key";

    private Refs() {}

    static Reference.SecretKey of(SecretKeySelector selector) {
        return of(selector, "");
    }

    /** The Secret's key that is named, or else {@code key}. */
    static Reference.SecretKey of(SecretKeySelector selector, String key) {
        return new Reference.SecretKey(
                selector.namespace(),
                selector.name(),
                selector.key().isEmpty() ? key : selector.key());
    }

    static Reference.ServiceAccount of(ServiceAccountSelector selector) {
        return new Reference.ServiceAccount(
                selector.namespace(), selector.name(), selector.audiences());
    }

    static Reference of(CaProvider provider) {
        return provider.type().equals("ConfigMap")
                ? new Reference.ConfigMapKey(provider.namespace(), provider.name(), provider.key())
                : new Reference.SecretKey(provider.namespace(), provider.name(), provider.key());
    }
}
