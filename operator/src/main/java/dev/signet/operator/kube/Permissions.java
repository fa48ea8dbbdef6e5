package dev.signet.operator.kube;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server what the operator may do. */
public final class Permissions {

    private static final Logger log = LoggerFactory.getLogger(Permissions.class);

    private final KubernetesClient client;

    /**
     * One permission.
     *
     * @param group empty for the core group
     * @param subresource empty for the resource itself
     */
    public record Rule(String group, String resource, String subresource, String verb) {

        /** What it is about, as kubectl writes it. */
        public String object() {
            String name = group.isEmpty() ? resource : resource + "." + group;
            return subresource.isEmpty() ? name : name + "/" + subresource;
        }
    }

    public Permissions(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Whether the rule is granted; true where that cannot be asked.
     *
     * @param namespace where; empty for everywhere
     */
    public boolean isGranted(Rule rule, String namespace) {
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
                                            .withNamespace(namespace)
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
}
