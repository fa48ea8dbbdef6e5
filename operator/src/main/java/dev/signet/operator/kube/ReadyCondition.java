package dev.signet.operator.kube;

import dev.signet.api.StatusCondition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Puts the Ready condition among the conditions of a status. */
public final class ReadyCondition {

    private ReadyCondition() {}

    /**
     * The conditions with this one as Ready. Those of other types stay, and the time of the last
     * transition changes only with the status, as the API conventions of Kubernetes have it.
     *
     * @param status {@code True} or {@code False}
     */
    public static List<StatusCondition> in(
            List<StatusCondition> before,
            String status,
            String reason,
            String message,
            Instant now) {
        List<StatusCondition> conditions = new ArrayList<>();
        String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        for (StatusCondition condition : before) {
            if (!condition.type().equals(StatusCondition.READY)) {
                conditions.add(condition);
            } else if (condition.status().equals(status)) {
                since = condition.lastTransitionTime();
            }
        }
        conditions.add(new StatusCondition(StatusCondition.READY, status, reason, message, since));
        return conditions;
    }
}
