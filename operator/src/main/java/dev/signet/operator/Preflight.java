package dev.signet.operator;

import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, before anything is started, whether the API server can be reached, serves what the
 * operator watches, and lets it do its work. What is wrong is said in one line, instead of a watch
 * that fails again and again later.
 */
public final class Preflight {

    private static final Logger log = LoggerFactory.getLogger(Preflight.class);
    private static final String GROUP = "external-secrets.io";
    private static final String SEALED_GROUP = "bitnami.com";

    /** One permission that the operator cannot work without. */
    record Rule(String group, String resource, String subresource, String verb) {

        /** What it is about, as kubectl writes it. */
        String object() {
            String name = group.isEmpty() ? resource : resource + "." + group;
            return subresource.isEmpty() ? name : name + "/" + subresource;
        }
    }

    private final KubernetesClient client;

    public Preflight(KubernetesClient client) {
        this.client = client;
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

    /**
     * Why SealedSecrets cannot be served; empty where they can.
     *
     * @param namespace the one namespace to work in; empty for all
     * @param status whether their status is to be written
     * @throws KubernetesClientException where the API server cannot be asked
     */
    public Optional<String> sealedSecrets(String namespace, boolean status) {
        APIResourceList list = client.getApiResources(SEALED_GROUP + "/v1alpha1");
        boolean served =
                list != null
                        && list.getResources().stream()
                                .anyMatch(kind -> kind.getName().equals("sealedsecrets"));
        if (!served) {
            return Optional.of("the CRD sealedsecrets.%s is not installed".formatted(SEALED_GROUP));
        }
        List<Rule> rules = new ArrayList<>();
        add(rules, SEALED_GROUP, "sealedsecrets", "", "list", "watch");
        if (status) {
            add(rules, SEALED_GROUP, "sealedsecrets", "status", "patch");
        }
        List<String> denied =
                rules.stream()
                        .filter(rule -> !isAllowed(rule, namespace))
                        .map(rule -> rule.verb() + " " + rule.object())
                        .toList();
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of("RBAC does not allow the operator to " + String.join(", ", denied));
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
        try {
            var review =
                    client.authorization()
                            .v1()
                            .selfSubjectAccessReview()
                            .create(
                                    new SelfSubjectAccessReviewBuilder()
                                            .withNewSpec()
                                            .withNewResourceAttributes()
                                            .withGroup(rule.group())
                                            .withResource(rule.resource())
                                            .withSubresource(rule.subresource())
                                            .withVerb(rule.verb())
                                            .withNamespace(clusterScoped ? "" : namespace)
                                            .endResourceAttributes()
                                            .endSpec()
                                            .build());
            return review.getStatus() != null
                    && Boolean.TRUE.equals(review.getStatus().getAllowed());
        } catch (KubernetesClientException e) {
            // Not every cluster lets everybody ask; the watches will say so themselves then.
            log.atDebug()
                    .addKeyValue("cause", KubernetesErrors.text(e))
                    .log("access review not possible");
            return true;
        }
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
