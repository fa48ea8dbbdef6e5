package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;

/** Names the target of an ExternalSecret. */
final class Targets {

    private Targets() {}

    /** {@code spec.target.name}, or else the ExternalSecret's own name. */
    static String nameOf(ExternalSecret es) {
        String name = es.getSpec() == null ? "" : es.getSpec().target().name();
        return name.isEmpty() ? es.getMetadata().getName() : name;
    }
}
