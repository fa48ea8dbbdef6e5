package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretTarget;

/** Names the target of an ExternalSecret. */
final class Targets {

    private Targets() {}

    /** {@code spec.target.name}, or else the ExternalSecret's own name. */
    static String nameOf(ExternalSecret es) {
        String name = es.getSpec() == null ? "" : es.getSpec().target().name();
        return name.isEmpty() ? es.getMetadata().getName() : name;
    }

    /** Whether the target is the ExternalSecret's alone, and not shared with others. */
    static boolean isWhole(ExternalSecret es) {
        String policy = es.getSpec().target().creationPolicy();
        return policy.equals(ExternalSecretTarget.OWNER)
                || policy.equals(ExternalSecretTarget.ORPHAN);
    }
}
