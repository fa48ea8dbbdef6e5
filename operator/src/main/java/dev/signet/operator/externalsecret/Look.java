package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.refresh.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What one look at an ExternalSecret goes by.
 *
 * @param before the status that it has
 * @param version generation and metadata of the ExternalSecret, as {@code
 *     status.syncedResourceVersion} has it
 */
record Look(
        ExternalSecret es,
        ExternalSecretSpec spec,
        String namespace,
        ExternalSecretStatus before,
        String version,
        Instant begun) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** A look that begins now. */
    static Look at(ExternalSecret es, ExternalSecretSpec spec, Instant now) {
        return new Look(
                es,
                spec,
                es.getMetadata().getNamespace(),
                Objects.requireNonNullElse(es.getStatus(), ExternalSecretStatus.NONE),
                version(es),
                now);
    }

    String name() {
        return es.getMetadata().getName();
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name());
    }

    /** How often it asks to be refreshed. */
    Duration interval() {
        Duration asked = spec.refreshEvery();
        // Nobody needs a shorter one, and it would read the backend without end.
        return asked.isPositive() && asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    /** Whether it is read again though nothing in the cluster changes. */
    boolean repeats() {
        boolean periodic =
                spec.refreshPolicy().isEmpty()
                        || spec.refreshPolicy().equals(ExternalSecretSpec.PERIODIC);
        return periodic && interval().isPositive();
    }

    private static String version(ExternalSecret es) {
        var meta = es.getMetadata();
        return GoHash.syncedResourceVersion(
                meta.getGeneration() == null ? 0 : meta.getGeneration(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(),
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
    }
}
