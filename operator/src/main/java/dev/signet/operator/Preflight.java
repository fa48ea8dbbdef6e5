package dev.signet.operator;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.kube.Permissions;
import dev.signet.operator.kube.Permissions.Rule;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks, before anything is started, whether the API server can be reached, serves what the
 * operator watches, and lets it do its work. What is wrong is said in one line, instead of a watch
 * that fails again and again later.
 */
public final class Preflight {

    private static final String GROUP = "external-secrets.io";

    private final KubernetesClient client;
    private final Permissions permissions;

    public Preflight(KubernetesClient client) {
        this.client = client;
        this.permissions = new Permissions(client);
    }

    /**
     * Checks all of it.
     *
     * @param namespace the one namespace to work in; empty for all
     * @param clusterStores whether ClusterSecretStores are served
     */
    public void check(String namespace, boolean clusterStores) throws StartupException {
        reachable();
        served(clusterStores);
        allowed(namespace, clusterStores);
    }

    private void reachable() throws StartupException {
        try {
            client.getKubernetesVersion();
        } catch (KubernetesClientException e) {
            throw new StartupException(KubernetesErrors.cannotUse(client.getMasterUrl(), e));
        }
    }

    private void served(boolean clusterStores) throws StartupException {
        Set<String> served;
        try {
            APIResourceList list = client.getApiResources(GROUP + "/v1");
            served =
                    list == null
                            ? Set.of()
                            : list.getResources().stream()
                                    .map(APIResource::getName)
                                    .collect(Collectors.toSet());
        } catch (KubernetesClientException e) {
            throw new StartupException(
                    "cannot list the resources of %s/v1 at %s: %s"
                            .formatted(GROUP, client.getMasterUrl(), KubernetesErrors.text(e)));
        }
        List<String> missing = new ArrayList<>(List.of("externalsecrets", "secretstores"));
        if (clusterStores) {
            missing.add("clustersecretstores");
        }
        missing.removeAll(served);
        if (!missing.isEmpty()) {
            throw new StartupException(
                    "the API server at %s does not serve %s of %s/v1; install the CRDs: signet crds | kubectl apply --server-side -f -"
                            .formatted(client.getMasterUrl(), String.join(", ", missing), GROUP));
        }
    }

    private void allowed(String namespace, boolean clusterStores) throws StartupException {
        Map<String, List<String>> denied = new LinkedHashMap<>();
        for (Rule rule : rules(clusterStores)) {
            if (!isAllowed(rule, namespace)) {
                denied.computeIfAbsent(rule.object(), any -> new ArrayList<>()).add(rule.verb());
            }
        }
        if (!denied.isEmpty()) {
            throw new StartupException(
                    "RBAC does not allow the operator to %s (%s); add the rules to its role"
                            .formatted(
                                    denied.entrySet().stream()
                                            .map(Preflight::phrase)
                                            .collect(Collectors.joining("; ")),
                                    namespace.isEmpty()
                                            ? "in all namespaces"
                                            : "in namespace " + namespace));
        }
    }

    private static String phrase(Map.Entry<String, List<String>> denied) {
        return String.join(", ", denied.getValue()) + " " + denied.getKey();
    }

    private boolean isAllowed(Rule rule, String namespace) {
        boolean clusterScoped = rule.resource().equals("clustersecretstores");
        return permissions.isGranted(rule, clusterScoped ? "" : namespace);
    }

    private static List<Rule> rules(boolean clusterStores) {
        List<Rule> rules = new ArrayList<>();
        add(rules, GROUP, "externalsecrets", "", "list", "watch", "patch");
        add(rules, GROUP, "externalsecrets", "status", "patch");
        add(rules, GROUP, "secretstores", "", "list", "watch");
        add(rules, GROUP, "secretstores", "status", "patch");
        if (clusterStores) {
            add(rules, GROUP, "clustersecretstores", "", "list", "watch");
            add(rules, GROUP, "clustersecretstores", "status", "patch");
        }
        add(rules, "", "secrets", "", "get", "list", "watch", "create", "update", "delete");
        add(rules, "", "configmaps", "", "get", "list", "watch");
        add(rules, "", "events", "", "create", "patch");
        return rules;
    }

    private static void add(
            List<Rule> rules, String group, String resource, String subresource, String... verbs) {
        for (String verb : verbs) {
            rules.add(new Rule(group, resource, subresource, verb));
        }
    }
}
