package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretOutcome;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.ConditionStatus;
import dev.signet.operator.observe.SealedSecretMetrics;
import dev.signet.operator.observe.SealedSecretMetrics.Failure;
import dev.signet.operator.refresh.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what came of a look: in the metrics, in the status, and once that is written, in an event.
 * So there is one event for a change, however often its status has to be tried.
 */
final class SealedReports {

    private static final Logger log = LoggerFactory.getLogger(SealedReports.class);

    private final SealedParts parts;
    private final SealedStatuses statuses;
    private final boolean remembersAcrossRestarts;
    private final SealedSecretMetrics metrics;

    /** Whose Secret was written, and no event has told of it yet. */
    private final Set<ObjectKey> untold = ConcurrentHashMap.newKeySet();

    /** Why a SealedSecret is not in step. */
    record Problem(String reason, String event, String message) {}

    /**
     * @param writes whether a status outlives a restart
     */
    SealedReports(SealedParts parts, SealedStatuses statuses, boolean writes) {
        this.parts = parts;
        this.statuses = statuses;
        this.remembersAcrossRestarts = writes;
        this.metrics = parts.metrics().sealedSecrets();
    }

    /** Its Secret was written. */
    void wrote(ObjectKey key) {
        untold.add(key);
        log.atInfo().addKeyValue("sealedSecret", key).log("Secret written");
    }

    /** It is in step, and the status says so. */
    void stillSynced(SealedSecret sealed) {
        show(sealed, ConditionStatus.TRUE);
    }

    /**
     * It is in step now.
     *
     * @throws KubernetesClientException where the status could not be written
     */
    void synced(SealedSecret sealed, SealedSecretStatus before, SealedSecretOutcome outcome) {
        boolean storeOnly = SealedInputs.isStoreOnly(sealed);
        SealedSecretStatus after =
                statuses.synced(
                        sealed,
                        storeOnly ? SealedReasons.STORE_ONLY : SealedReasons.UNSEALED,
                        storeOnly ? SealedReasons.OPENED_FOR_STORES : "",
                        outcome);
        boolean wasTrue =
                before.condition(SealedSecretCondition.SYNCED)
                        .filter(SealedSecretCondition::isTrue)
                        .isPresent();
        show(sealed, ConditionStatus.TRUE);
        write(sealed, after);
        if (untold.remove(SealedSecretWatch.key(sealed)) || (!wasTrue && remembersAcrossRestarts)) {
            parts.events()
                    .normal(
                            sealed,
                            SealedReasons.COMPONENT,
                            SealedReasons.UNSEALED,
                            storeOnly ? SealedReasons.OPENED_FOR_STORES : SealedReasons.SUCCESS);
        }
    }

    /**
     * It is not in step.
     *
     * @throws KubernetesClientException where the status could not be written
     */
    void failed(SealedSecret sealed, SealedSecretStatus before, Problem problem) {
        SealedSecretStatus after = statuses.failed(sealed, problem.reason(), problem.message());
        boolean news =
                before.condition(SealedSecretCondition.SYNCED)
                        .filter(c -> !c.isTrue() && c.message().equals(problem.message()))
                        .isEmpty();
        show(sealed, ConditionStatus.FALSE);
        write(sealed, after);
        if (news) {
            parts.events()
                    .warning(sealed, SealedReasons.COMPONENT, problem.reason(), problem.event());
            log.atWarn()
                    .addKeyValue("sealedSecret", SealedSecretWatch.key(sealed))
                    .addKeyValue("cause", problem.message().replace('\n', ' '))
                    .log("SealedSecret not unsealed");
        }
    }

    /** It is gone. */
    void forget(ObjectKey key) {
        untold.remove(key);
        statuses.forget(key);
        metrics.removed(key.namespace(), key.name());
    }

    private void write(SealedSecret sealed, SealedSecretStatus after) {
        try {
            statuses.write(sealed, after);
        } catch (KubernetesClientException e) {
            if (!KubernetesErrors.isConflict(e) && !KubernetesErrors.isNotFound(e)) {
                metrics.failed(Failure.STATUS, sealed.getMetadata().getNamespace());
            }
            throw e;
        }
    }

    private void show(SealedSecret sealed, ConditionStatus status) {
        @Nullable Map<String, String> labels = sealed.getMetadata().getLabels();
        metrics.condition(
                sealed.getMetadata().getNamespace(),
                sealed.getMetadata().getName(),
                status,
                labels == null ? "" : labels.getOrDefault("app.kubernetes.io/instance", ""));
    }
}
