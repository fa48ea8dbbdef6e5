package dev.signet.operator.store;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.api.store.NamespaceSelector;
import dev.signet.api.store.StoreCondition;
import dev.signet.provider.RegexpLimits;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which namespaces may use a ClusterSecretStore ({@code spec.conditions}). Asked anew at each sync,
 * so that a namespace that loses its label loses its access at the next refresh.
 */
public final class NamespaceAccess {

    private final KubernetesClient client;

    public NamespaceAccess(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Whether an object in {@code namespace} may use {@code store}.
     *
     * @throws StoreProblemException where a condition cannot be read
     * @throws io.fabric8.kubernetes.client.KubernetesClientException where the namespace's labels
     *     are needed and cannot be read
     */
    public boolean allows(Store store, String namespace) throws StoreProblemException {
        List<StoreCondition> conditions = store.spec().conditions();
        if (store.key().kind() == StoreKind.SECRET_STORE || conditions.isEmpty()) {
            return true;
        }
        for (StoreCondition condition : conditions) {
            if (condition.namespaces().contains(namespace)
                    || matchesName(store, condition, namespace)
                    || matchesLabels(condition, namespace)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesName(Store store, StoreCondition condition, String namespace)
            throws StoreProblemException {
        for (String regexp : condition.namespaceRegexes()) {
            Optional<String> problem = RegexpLimits.problem(regexp);
            if (problem.isPresent()) {
                throw new StoreProblemException(
                        "%s: spec.conditions.namespaceRegexes has an expression that is too large: %s"
                                .formatted(store.key(), problem.get()));
            }
            try {
                if (Pattern.compile(regexp).matcher(namespace).find()) {
                    return true;
                }
            } catch (PatternSyntaxException e) {
                throw new StoreProblemException(
                        "%s: spec.conditions.namespaceRegexes has %s, which is no RE2 expression: %s"
                                .formatted(store.key(), regexp, e.getDescription()));
            }
        }
        return false;
    }

    private boolean matchesLabels(StoreCondition condition, String namespace) {
        NamespaceSelector selector = condition.namespaceSelector();
        if (selector == null) {
            return false;
        }
        Namespace found = client.namespaces().withName(namespace).get();
        Map<String, String> labels = found == null ? null : found.getMetadata().getLabels();
        return selector.matches(labels == null ? Map.of() : labels);
    }
}
