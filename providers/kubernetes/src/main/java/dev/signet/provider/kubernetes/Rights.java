package dev.signet.provider.kubernetes;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.kubernetes.KubernetesCalls.Call;
import dev.signet.rest.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
                                "spec":{"namespace":"%s"}}\
                                """),
                        "a review of the store's own rights");
        if (rules instanceof Found<JsonObject>(JsonObject review)
                && mayGet(review.object("status"))) {
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
                                "spec":{"resourceAttributes":{"namespace":"%s","resource":"secrets","verb":"get"}}}\
                                """),
                        "a review of the store's own rights");
        if (!(access instanceof Found<JsonObject>(JsonObject review))) {
            return new StoreHealth.Unusable(reason(access));
        }
        return Boolean.TRUE.equals(review.object("status").get("allowed"))
                ? new StoreHealth.Valid()
                : new StoreHealth.Unusable(
                        "the store's identity may not get Secrets in namespace '%s'; bind a Role that allows it"
                                .formatted(namespace));
    }

    private byte[] json(String format) {
        return format.formatted(namespace).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean mayGet(JsonObject status) {
        return status.list("resourceRules").stream()
                .map(JsonObject::of)
                .anyMatch(rule ->
                        has(rule, "resources", "secrets")
                                && has(rule, "verbs", "get")
                                && has(rule, "apiGroups", ""));
    }

    private static boolean has(JsonObject rule, String list, String wanted) {
        List<?> entries = rule.list(list);
        return entries.contains(wanted) || entries.contains("*");
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
