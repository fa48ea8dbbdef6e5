package dev.signet.operator.sealedsecret;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.kube.Permissions;
import dev.signet.operator.kube.Permissions.Rule;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks whether the API server knows SealedSecrets and lets them be served. */
final class Servable {

    private static final String GROUP = "bitnami.com";
    private static final String KIND = "sealedsecrets";

    private final KubernetesClient client;
    private final Permissions permissions;
    private final List<Rule> rules;

    /**
     * @param status whether their status is to be written
     */
    Servable(KubernetesClient client, boolean status) {
        this.client = client;
        this.permissions = new Permissions(client);
        List<Rule> all = new ArrayList<>();
        all.add(new Rule(GROUP, KIND, "", "list"));
        all.add(new Rule(GROUP, KIND, "", "watch"));
        if (status) {
            all.add(new Rule(GROUP, KIND, "status", "patch"));
        }
        this.rules = List.copyOf(all);
    }

    /**
     * Why they cannot be served; empty where they can.
     *
     * @param namespaces where; empty for everywhere
     */
    Optional<String> problem(Set<String> namespaces) {
        try {
            APIResourceList list = client.getApiResources(GROUP + "/v1alpha1");
            if (list == null
                    || list.getResources().stream()
                            .noneMatch(kind -> kind.getName().equals(KIND))) {
                return Optional.of("the CRD %s.%s is not installed".formatted(KIND, GROUP));
            }
        } catch (KubernetesClientException e) {
            return Optional.of(KubernetesErrors.text(e));
        }
        Set<String> denied = new TreeSet<>();
        for (String namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
            rules.stream()
                    .filter(rule -> !permissions.isGranted(rule, namespace))
                    .forEach(rule -> denied.add(rule.verb() + " " + rule.object()));
        }
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of("RBAC does not allow the operator to " + String.join(", ", denied));
    }
}
