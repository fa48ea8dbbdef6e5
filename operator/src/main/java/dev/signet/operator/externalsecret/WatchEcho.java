package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the watch of ExternalSecrets brings what was written. Every status that is written must
 * come back; one that has not in time, though the API server answers, tells that the watch is dead.
 * While the API server is away nothing is concluded.
 */
final class WatchEcho {

    private static final Logger log = LoggerFactory.getLogger(WatchEcho.class);

    private final StatusWriter statuses;
    private final ApiCalls calls;
    private final Duration patience;

    /**
     * @param patience how long an echo may take
     */
    WatchEcho(StatusWriter statuses, ApiCalls calls, Duration patience) {
        this.statuses = statuses;
        this.calls = calls;
        this.patience = patience;
    }

    /** Whether an echo is missing. Asks the API server, but only when one is late. */
    boolean isMissing() {
        Optional<ExternalSecret> late = statuses.unseenFor(patience);
        if (late.isEmpty()) {
            return false;
        }
        String path = StatusWriter.path(late.get());
        try {
            calls.get(path);
        } catch (KubernetesClientException e) {
            if (!KubernetesErrors.isNotFound(e)) {
                return false;
            }
            // It was deleted, and that has not come either.
        }
        log.atWarn()
                .addKeyValue("object", path)
                .log("a status that was written has not come back through the watch");
        return true;
    }
}
