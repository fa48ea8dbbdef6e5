package dev.signet.provider.kubernetes;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.kubernetes.KubernetesCalls.Call;
import dev.signet.rest.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the API server what the store's identity may do, as External Secrets does. */
final class Rights {

    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";

    private final ApiServer server;
    private final String namespace;

    Rights(ApiServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** Whether it may get Secrets in the store's namespace. */
    StoreHealth check() throws InterruptedException {
        var rules =
                server.post(
                        Call.RULES_REVIEW,
                        REVIEWS + "selfsubjectrulesreviews",
                        json(
                                """
                                {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview",\
                                "spec":{"namespace":"%s"}}"""),
                        "a review of the store's own rights");
        if (rules instanceof Found<Map<String, @Nullable Object>>(var review)
                && mayGet(Json.members(review.get("status")))) {
            return new StoreHealth.Valid();
        }
        if (!(rules instanceof Found<?>) && !(rules instanceof Denied<?>)) {
            return new StoreHealth.Unusable(reason(rules));
        }
        return access();
    }

    /** The rules may be incomplete, or not to be reviewed; a single right can be asked for. */
    private StoreHealth access() throws InterruptedException {
        var access =
                server.post(
                        Call.ACCESS_REVIEW,
                        REVIEWS + "selfsubjectaccessreviews",
                        json(
                                """
                                {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",\
                                "spec":{"resourceAttributes":{"namespace":"%s","resource":"secrets","verb":"get"}}}"""),
                        "a review of the store's own rights");
        if (!(access instanceof Found<Map<String, @Nullable Object>>(var review))) {
            return new StoreHealth.Unusable(reason(access));
        }
        return Boolean.TRUE.equals(Json.members(review.get("status")).get("allowed"))
                ? new StoreHealth.Valid()
                : new StoreHealth.Unusable(
                        "the store's identity may not get Secrets in namespace '%s'; bind a Role that allows it"
                                .formatted(namespace));
    }

    private byte[] json(String format) {
        return format.formatted(namespace).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean mayGet(Map<String, @Nullable Object> status) {
        return status.get("resourceRules") instanceof List<?> rules
                && rules.stream()
                        .map(Json::members)
                        .anyMatch(rule ->
                                has(rule, "resources", "secrets")
                                        && has(rule, "verbs", "get")
                                        && has(rule, "apiGroups", ""));
    }

    private static boolean has(Map<String, @Nullable Object> rule, String list, String wanted) {
        return rule.get(list) instanceof List<?> entries
                && (entries.contains(wanted) || entries.contains("*"));
    }

    private static String reason(ReadOutcome<?> outcome) {
        return switch (outcome) {
            case ReadOutcome.Found<?> found -> "";
            case ReadOutcome.Missing<?>(String what) -> "there is no " + what;
            case ReadOutcome.Denied<?>(String reason) -> reason;
            case ReadOutcome.Unavailable<?>(String reason, var retryAfter) -> reason;
            case ReadOutcome.Invalid<?>(String reason) -> reason;
        };
    }
}
