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
import java.util.stream.Stream;

/** Asks whether the API server knows SealedSecrets and lets them be served. */
final class Servable {

    private static final String GROUP = "bitnami.com";
    private static final String KIND = "sealedsecrets";

    private static final List<Rule> OF_SECRETS =
            Stream.of("get", "list", "watch", "create", "update")
                    .map(verb -> new Rule("", "secrets", "", verb))
                    .toList();

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
     * Why they can be served nowhere; empty where they can in a namespace.
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
        for (String namespace : places(namespaces)) {
            Set<String> here = denied(rules, namespace);
            if (here.isEmpty()) {
                // The others are served as soon as they may be.
                return Optional.empty();
            }
            denied.addAll(here);
        }
        return Optional.of("RBAC does not allow the operator to " + String.join(", ", denied));
    }

    /**
     * What the operator may not do and needs, to serve SealedSecrets and make Secrets of them;
     * empty where it may do all.
     *
     * @param namespaces where; empty for everywhere
     */
    Set<String> lacking(Set<String> namespaces) {
        Set<String> lacking = new TreeSet<>();
        for (String namespace : places(namespaces)) {
            Set<String> denied = denied(rules, namespace);
            denied.addAll(denied(OF_SECRETS, namespace));
            denied.forEach(
                    what -> lacking.add(namespace.isEmpty() ? what : what + " in " + namespace));
        }
        return lacking;
    }

    private static Set<String> places(Set<String> namespaces) {
        return namespaces.isEmpty() ? Set.of("") : namespaces;
    }

    private Set<String> denied(List<Rule> wanted, String namespace) {
        Set<String> denied = new TreeSet<>();
        wanted.stream()
                .filter(rule -> !permissions.isGranted(rule, namespace))
                .forEach(rule -> denied.add(rule.verb() + " " + rule.object()));
        return denied;
    }
}
