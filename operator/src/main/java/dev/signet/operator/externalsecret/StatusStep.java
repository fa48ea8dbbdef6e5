package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.StatusCondition;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.ConditionStatus;
import dev.signet.operator.observe.ObjectKind;
import dev.signet.operator.observe.SyncMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The fifth step: tells in status, metrics, event and log how a look has ended. */
final class StatusStep {

    // The lines are those of a sync, whichever step writes them.
    private static final Logger log = LoggerFactory.getLogger(ExternalSecretSync.class);

    private final StatusWriter statuses;
    private final EventRecorder events;
    private final SyncMetrics metrics;

    StatusStep(StatusWriter statuses, EventRecorder events, SyncMetrics metrics) {
        this.statuses = statuses;
        this.events = events;
        this.metrics = metrics;
    }

    /** No sync was due, and the Ready condition is what it was. */
    void stays(Look look, boolean ready) {
        condition(look, ready ? ConditionStatus.TRUE : ConditionStatus.FALSE);
    }

    /** No sync is due, and what had failed is as it was when the last one succeeded. */
    void recovered(Look look) {
        statuses.write(look.es(), look.before(), statuses.recovered(look.before()));
    }

    /** The sync succeeded. */
    void synced(Look look, Ending ending, List<Substitute> substitutes) throws SyncException {
        ExternalSecretStatus after =
                statuses.synced(
                        look.before(),
                        look.begun(),
                        look.version(),
                        ending.bound() ? Targets.nameOf(look.es()) : null,
                        ending.reason(),
                        ending.message());
        try {
            statuses.write(look.es(), look.before(), after);
        } catch (KubernetesClientException e) {
            throw SyncException.passing("could not update status", KubernetesErrors.text(e));
        }
        if (FallbackNews.isNews(look.before(), substitutes)) {
            tell(look, Reasons.EVENT_FALLBACK, ending.message());
        } else if (FallbackNews.isOver(look.before(), substitutes)) {
            events.normal(
                    look.es(),
                    ExternalSecretSync.COMPONENT,
                    Reasons.EVENT_FALLBACK_OVER,
                    Reasons.FALLBACK_OVER);
        }
        condition(look, ConditionStatus.TRUE);
        log.atDebug()
                .addKeyValue("externalsecret", look.namespace() + "/" + look.name())
                .addKeyValue("message", ending.message())
                .log("synced");
    }

    private void tell(Look look, String reason, String message) {
        events.warning(look.es(), ExternalSecretSync.COMPONENT, reason, message);
        log.atWarn()
                .addKeyValue("externalsecret", look.namespace() + "/" + look.name())
                .addKeyValue("cause", message)
                .log("values come from a fallback");
    }

    /** The look failed; says when to look again. */
    Next failed(Look look, SyncException e) {
        metrics.syncFailed(look.namespace(), look.name());
        condition(look, ConditionStatus.FALSE);
        ExternalSecretStatus after = statuses.failed(look.before(), e.text());
        try {
            if (statuses.write(look.es(), look.before(), after)) {
                events.warning(
                        look.es(), ExternalSecretSync.COMPONENT, Reasons.EVENT_FAILED, e.text());
                log.atWarn()
                        .addKeyValue("externalsecret", look.namespace() + "/" + look.name())
                        .addKeyValue("cause", e.text())
                        .log("sync failed");
            }
        } catch (KubernetesClientException unwritten) {
            if (!KubernetesErrors.isNotFound(unwritten)) {
                log.atWarn()
                        .addKeyValue("externalsecret", look.namespace() + "/" + look.name())
                        .addKeyValue("cause", e.text())
                        .addKeyValue("status", KubernetesErrors.text(unwritten))
                        .log("sync failed, and its status could not be written");
                return new Next.Retry(e.retryAfter());
            }
        }
        return e.retry() ? new Next.Retry(e.retryAfter()) : new Next.Stuck();
    }

    private void condition(Look look, ConditionStatus status) {
        metrics.condition(
                ObjectKind.EXTERNAL_SECRET,
                look.namespace(),
                look.name(),
                StatusCondition.READY,
                status);
    }
}
