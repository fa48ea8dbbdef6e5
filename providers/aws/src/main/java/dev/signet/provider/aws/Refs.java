package dev.signet.provider.aws;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;

/** The fields of a spec that refer to something in the cluster, as references. */
final class Refs {

    private Refs() {}

    static Reference.SecretKey of(SecretKeySelector selector) {
        return new Reference.SecretKey(selector.namespace(), selector.name(), selector.key());
    }

    static Reference.ServiceAccount of(ServiceAccountSelector selector) {
        return new Reference.ServiceAccount(
                selector.namespace(), selector.name(), selector.audiences());
    }
}
